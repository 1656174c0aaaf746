namespace SsaShare.Cli;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file, its folder too where that is missing, as <see cref="OutputFile"/> does.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using var file = OutputFile.Create(path);
        await file.Stream.WriteAsync(content, cancellationToken);
        file.Keep();
    }
}
