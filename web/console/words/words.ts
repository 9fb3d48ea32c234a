/** What the console itself says; what the server has worded stays as it is. */
import type { Language } from "../../shared/preferences";
import { en } from "./en";
import { ko } from "./ko";

export type Words = typeof ko;
export const words: Record<Language, Words> = { ko, en };
