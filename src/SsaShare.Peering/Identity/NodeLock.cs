namespace SsaShare.Peering;

/// <summary>Keeps two programs from running one node, and from changing the keys of one that runs. The operating system lets it go when the program ends, however it does.</summary>
public sealed class NodeLock : IDisposable
{
    private readonly FileStream _file;

    private NodeLock(FileStream file) => _file = file;

    /// <exception cref="InvalidDataException">The folder holds no node, or a program has it.</exception>
    public static NodeLock Take(NodeFolder folder)
    {
        if (!File.Exists(folder.CardFile))
            throw new InvalidDataException($"'{folder.Path}' holds no node. Make one with: ssa node init --dir {folder.Path} --partner NAME");
        try
        {
            return new NodeLock(new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"The node in '{folder.Path}' is running, or its keys are being changed. Stop it first.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
