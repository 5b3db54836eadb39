"""Words in the language shown: texts, refusals, quotations."""
