"""From raw text to a spaCy Doc with sentences, tags, tree, entities and event scores."""
