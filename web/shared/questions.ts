/** Answers may overtake each other. What `ask` gives tells, once an answer is here, whether it still counts: not when a
 * question put later has been answered already. */
export class Questions {
  private asked = 0;
  private answered = 0;

  ask(): () => boolean {
    const mine = ++this.asked;
    return () => {
      if (mine < this.answered) return false;
      this.answered = mine;
      return true;
    };
  }
}
