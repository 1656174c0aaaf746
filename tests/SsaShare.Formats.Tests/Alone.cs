namespace SsaShare.Formats.Tests;

/// <summary>Tests that measure the memory of the process run while no other does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
