using System.IO.Compression;
using ZstdSharp;

namespace SsaShare.Cli;

/// <summary>The file that a conversion writes: under another name until it is whole, or standard output.</summary>
internal sealed class ConvertedFile : IAsyncDisposable
{
    private readonly string? _path;
    private readonly Stream _file, _packed;
    private bool _isKept;

    private ConvertedFile(string? path)
    {
        _path = path;
        _file = path is null ? Console.OpenStandardOutput() : new FileStream(Draft(path), FileMode.Create, FileAccess.Write, FileShare.None, 1);
        _packed = (path is null ? "" : Path.GetExtension(path).ToLowerInvariant()) switch
        {
            ".gz" => new GZipStream(_file, CompressionLevel.Optimal, leaveOpen: true),
            ".zst" => new CompressionStream(_file, leaveOpen: true),
            _ => _file,
        };
        Stream = new BufferedStream(_packed, 1 << 17);
    }

    public Stream Stream { get; }

    /// <param name="path">Null for standard output.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static ConvertedFile Create(string? path) => new(path);

    /// <summary>All is written: the file takes its name.</summary>
    public void Keep()
    {
        Stream.Flush();
        if (_packed != _file) _packed.Dispose();
        if (_path is null) return;
        ((FileStream)_file).Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(Draft(_path), _path, overwrite: true);
        _isKept = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isKept) return;
        await Stream.DisposeAsync();
        await _file.DisposeAsync();
        if (_path is not null) File.Delete(Draft(_path));
    }

    private static string Draft(string path) => $"{path}.new";
}
