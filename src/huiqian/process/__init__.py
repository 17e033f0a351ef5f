"""Process definitions, versions, joint review and instances; moves instances on with the engine."""
