export function SettingsRoom(_: { rest: string[] }) {
  return null;
}
