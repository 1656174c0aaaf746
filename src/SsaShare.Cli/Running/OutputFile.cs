namespace SsaShare.Cli;

/// <summary>
/// A file that a command writes. A regular file, or one that is not there yet, is written beside its place under a name that nobody else has and takes its own when it is whole: after a power cut it is
/// the old one or the new one, with the permissions of the old one. What is no regular file, a pipe or a device, is written straight. A link stays, and what it leads to is written.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    /// <summary>Without links.</summary>
    private readonly string _path;

    /// <summary>Null when it is written straight.</summary>
    private readonly string? _draft;

    private bool _isKept;

    private OutputFile(string path, string? draft, FileStream stream) => (_path, _draft, Stream) = (path, draft, stream);

    public FileStream Stream { get; }

    /// <summary>What is written cannot be taken back.</summary>
    public bool IsStraight => _draft is null;

    /// <exception cref="DirectoryNotFoundException">Its folder is not there.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static OutputFile Create(string path)
    {
        RefuseFolder(path);
        if (OpenIrregular(path) is { } stream) return new OutputFile(path, null, stream);
        var file = new FileInfo(path);
        if (file.LinkTarget is not null) file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        if (!Directory.Exists(file.DirectoryName)) throw new DirectoryNotFoundException($"There is no folder {file.DirectoryName}.");
        string draft = $"{file.FullName}.{Path.GetRandomFileName()}.new";
        try
        {
            return new OutputFile(file.FullName, draft, CreateDraft(draft, file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(e.Message.Replace(draft, path, StringComparison.Ordinal), e);
        }
    }

    /// <exception cref="IOException">It is a folder.</exception>
    public static void RefuseFolder(string path)
    {
        if (Directory.Exists(path)) throw new IOException($"{path} is a folder, not a file.");
    }

    /// <summary>All is written: the file takes its name.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public void Keep()
    {
        if (_draft is not null) Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        if (_draft is not null) File.Move(_draft, _path, overwrite: true);
        _isKept = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!_isKept && _draft is not null) File.Delete(_draft);
    }

    /// <returns>Null for a regular file, which is left as it is, and for one that is not there.</returns>
    private static FileStream? OpenIrregular(string path)
    {
        if (!File.Exists(path)) return null;
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            // A link that leads to nothing yet.
            return null;
        }
        if (!stream.CanSeek || !IsRegular(stream)) return stream;
        stream.Dispose();
        return null;
    }

    /// <summary>Only a regular file has a length, and only one can be given the length that it has.</summary>
    private static bool IsRegular(FileStream stream)
    {
        if (stream.Length > 0) return true;
        try
        {
            stream.SetLength(0);
            return true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static FileStream CreateDraft(string draft, string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (OperatingSystem.IsWindows() || !File.Exists(path)) return new FileStream(draft, options);
        var mode = File.GetUnixFileMode(path);
        options.UnixCreateMode = mode;
        var stream = new FileStream(draft, options);
        // What the process takes from new files is not taken from this one.
        File.SetUnixFileMode(stream.SafeFileHandle, mode);
        return stream;
    }
}
