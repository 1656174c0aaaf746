namespace SsaShare.Signing;

/// <summary>How a new file takes an old one's place.</summary>
public static partial class KeyFile
{
    /// <summary>
    /// Puts a file in another's place in one step, durably: after a crash there is the old one or the new one. The old key is then in no file;
    /// what a disk keeps of deleted files is beyond this program, encryption at rest is not.
    /// </summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void TakePlace(string next, string path) => PrivateFile.Move(next, path);

    /// <summary>Writes a file whole or not at all, durably, in the place of what was there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content) => PrivateFile.Replace(path, content);
}
