using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Conjunction messages in a folder, a file for each, named by its id. They are written beside the folder and come into it when all are whole.</summary>
internal sealed class MessageFolder : IDisposable
{
    private readonly string _path, _draft;

    /// <param name="path">Is made where it is not there; files of the same names are replaced, others stay.</param>
    /// <exception cref="DirectoryNotFoundException">The folder around it is not there.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public MessageFolder(string path)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(_path)) throw new IOException($"{path} is a file, not a folder.");
        if (Path.GetDirectoryName(_path) is not { } around || !Directory.Exists(around)) throw new DirectoryNotFoundException($"There is no folder around {path}.");
        _draft = $"{_path}.{Path.GetRandomFileName()}.new";
        Directory.CreateDirectory(_draft);
    }

    /// <summary>Whether the name of an output is that of a folder: it ends like one, or there is one.</summary>
    public static bool IsOne(string path) => path.EndsWith(Path.DirectorySeparatorChar) || path.EndsWith(Path.AltDirectorySeparatorChar) || Directory.Exists(path);

    /// <returns>Why it cannot be written.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public ReadIssue? Write(ConjunctionMessage message, MessageTask task)
    {
        string name = $"{message.MessageId}{task.Syntax switch { NdmSyntax.Kvn => ".cdm", NdmSyntax.Xml => ".xml", _ => ".json" }}";
        string path = Path.Combine(_draft, name);
        ReadIssue? issue;
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var stream = new MessageStream(file, name, task, holdsSeveral: false);
            issue = stream.Write(message);
            if (issue is null) stream.Complete();
        }
        // What was begun of it is no message.
        if (issue is not null) File.Delete(path);
        return issue;
    }

    /// <summary>All are written: they take their place.</summary>
    /// <exception cref="IOException">They cannot.</exception>
    public void Keep()
    {
        Directory.CreateDirectory(_path);
        foreach (string file in Directory.GetFiles(_draft)) File.Move(file, Path.Combine(_path, Path.GetFileName(file)), overwrite: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(_draft)) Directory.Delete(_draft, recursive: true);
    }
}
