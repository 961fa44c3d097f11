"""The file format: reading where it ends, drafting objects, appending a revision. Knows nothing of retraction."""
