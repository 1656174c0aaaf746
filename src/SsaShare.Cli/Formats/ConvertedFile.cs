using System.IO.Compression;
using ZstdSharp;

namespace SsaShare.Cli;

/// <summary>The file that a conversion writes, compressed as its name says, or standard output.</summary>
internal sealed class ConvertedFile : IAsyncDisposable
{
    private readonly string? _path;
    private OutputFile? _file;
    private Stream? _packed, _stream;

    /// <param name="path">Null for standard output.</param>
    /// <exception cref="IOException">It is a folder.</exception>
    public ConvertedFile(string? path)
    {
        _path = path;
        if (path is not null) OutputFile.RefuseFolder(path);
    }

    /// <summary>To be called once, when there is something to write.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public Stream Open()
    {
        _file = _path is null ? null : OutputFile.Create(_path);
        var raw = _file?.Stream ?? Console.OpenStandardOutput();
        _packed = (_path is null ? "" : Path.GetExtension(_path).ToLowerInvariant()) switch
        {
            ".gz" => new GZipStream(raw, CompressionLevel.Optimal, leaveOpen: true),
            ".zst" => new CompressionStream(raw, leaveOpen: true),
            _ => null,
        };
        return _stream = new BufferedStream(_packed ?? raw, 1 << 17);
    }

    /// <summary>What is written stays, as it goes out while it is written.</summary>
    public bool IsStraight => _path is null || _file is { IsStraight: true };

    /// <summary>Gives out what is written although it is not whole, where it cannot be taken back; without a compression's own end.</summary>
    public void GivePart()
    {
        if (IsStraight) _stream!.Flush();
    }

    /// <summary>All is written: the file takes its name.</summary>
    public void Keep()
    {
        _stream!.Flush();
        _packed?.Dispose();
        _file?.Keep();
    }

    public async ValueTask DisposeAsync()
    {
        // What is not kept or given out is not flushed either: of a conversion that wrote no record no header is left.
        if (_file is not null) await _file.DisposeAsync();
    }
}
