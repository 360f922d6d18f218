# What is installed; filled by the packaging rules.
