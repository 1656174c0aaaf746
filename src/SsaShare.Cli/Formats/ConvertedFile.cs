using System.IO.Compression;
using ZstdSharp;

namespace SsaShare.Cli;

/// <summary>The file that a conversion writes, compressed as its name says, or standard output.</summary>
internal sealed class ConvertedFile : IAsyncDisposable
{
    private readonly OutputFile? _file;
    private readonly Stream _raw, _packed;
    private bool _isKept;

    private ConvertedFile(string? path)
    {
        _file = path is null ? null : OutputFile.Create(path);
        _raw = _file?.Stream ?? Console.OpenStandardOutput();
        _packed = (path is null ? "" : Path.GetExtension(path).ToLowerInvariant()) switch
        {
            ".gz" => new GZipStream(_raw, CompressionLevel.Optimal, leaveOpen: true),
            ".zst" => new CompressionStream(_raw, leaveOpen: true),
            _ => _raw,
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
        if (_packed != _raw) _packed.Dispose();
        _file?.Keep();
        _isKept = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isKept) await Stream.DisposeAsync();
        if (_file is not null) await _file.DisposeAsync();
    }
}
