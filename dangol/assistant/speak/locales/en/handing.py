"""What is said when a person is called, and when the talk comes back."""

TEXTS: dict[str, str] = {
    "handed_over_nobody": "Nobody is at the desk right now. I've put the conversation in line, and somebody answers you here as soon as they are back.",
    "handed_over_closed": "The desk is closed right now, so I've put your request in line for a person.",
    "desk_opens": "It opens again {at}.",
    "desk_hours": "Its hours are {hours}.",
    "answer_comes_here": "The answer comes here, and to the e-mail we have for you if you leave.",
    "leave_contact": "The answer comes here, and to you as well if you leave your contact.",
    "wait_estimate": "It usually takes no more than {minutes:minute|minutes}.",
    "contact_kept": "Thanks, I have your contact. The answer will be sent there as well.",
    "contact_wrong": "I need an e-mail or a mobile number, and your consent to use it. Please check.",
    "back_to_same_person": "I'm sorry about that. I've asked the same person to come back; you don't have to explain again.",
    "glad_it_is_solved": "I'm glad it's solved.",
    "ask_rating": "How did we do?",
    "button_score": "{score}",
    "thanks_for_rating": "Thank you for rating. Tell me if there's anything else.",
    "thanks_for_low_rating": "Thank you for being frank; we'll work on it. You can talk to a person now if you like.",
    "rule_fraud": "This is about your safety, so a person looks into it.",
    "rule_dispute": "A person has to look at the record and answer this.",
    "rule_angry": "I'm very sorry for all the trouble.",
    "rule_other": "A person has to look into this.",
}
