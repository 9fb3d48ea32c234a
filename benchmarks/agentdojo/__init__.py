"""AgentDojo's attack texts, planted in a shop of ours."""
