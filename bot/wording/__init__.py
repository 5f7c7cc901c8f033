"""Every sentence the bot says in its own voice, one YAML file a language."""
