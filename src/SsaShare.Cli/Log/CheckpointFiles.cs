using SsaShare.Transparency;

namespace SsaShare.Cli;

/// <summary>Signed checkpoints in files.</summary>
internal static class CheckpointFiles
{
    /// <exception cref="InvalidDataException">The file is not a signed note.</exception>
    public static async Task<SignedNote> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no checkpoint '{path}'.");
        if (new FileInfo(path).Length > SignedNote.MaxBytes) throw new InvalidDataException($"{path}: a signed note has at most {SignedNote.MaxBytes} bytes.");
        return SignedNote.TryParse(await File.ReadAllBytesAsync(path, cancellationToken), out var note, out string? fault) ? note : throw new InvalidDataException($"{path}: {fault}");
    }

    public static Task WriteAsync(string path, SignedNote note, CancellationToken cancellationToken) => AtomicFile.WriteAsync(path, note.ToBytes(), cancellationToken);
}
