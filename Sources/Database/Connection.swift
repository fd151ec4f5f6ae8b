// Placeholder so that the target exists before its first type.
