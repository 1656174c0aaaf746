using System.IO.Compression;
using System.Security.Cryptography;

namespace SsaShare.Formats;

/// <summary>Reads gzip (RFC 1952), one or more members, and notices when its end is missing.</summary>
/// <remarks>
/// <see cref="GZipStream"/> takes a file that is cut off for one that ends there. So a member of our own, with content that nobody can guess, is put behind the file: it is
/// found as the last thing only when all members before it are whole and nothing else follows them.
/// </remarks>
internal sealed class GzipLayer : ReadOnlyStream
{
    private const int MarkBytes = 16;
    private static readonly byte[] Mark = RandomNumberGenerator.GetBytes(MarkBytes);
    private static readonly byte[] MarkMember = Compress(Mark);

    private readonly GZipStream _gzip;
    private readonly byte[] _last = new byte[MarkBytes];
    private int _lastCount;
    private bool _ended;

    public GzipLayer(Stream inner) => _gzip = new GZipStream(new FollowedStream(inner), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">Damaged, cut off, or followed by something else.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && buffer.Length > 0)
        {
            if (buffer.Length <= MarkBytes) return ReadFew(buffer);
            int held = Held(buffer);
            int given = Keep(buffer, held, _gzip.Read(buffer[held..]));
            if (given > 0) return given;
        }
        return 0;
    }

    /// <inheritdoc cref="Read(Span{byte})"/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended && buffer.Length > 0)
        {
            if (buffer.Length <= MarkBytes) return ReadFew(buffer.Span);
            int held = Held(buffer.Span);
            int read = await _gzip.ReadAsync(buffer[held..], cancellationToken);
            int given = Keep(buffer.Span, held, read);
            if (given > 0) return given;
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Nobody here reads so few bytes; it works all the same, without waiting asynchronously.</summary>
    private int ReadFew(Span<byte> buffer)
    {
        Span<byte> larger = stackalloc byte[buffer.Length + MarkBytes];
        int held = Held(larger);
        int given = Keep(larger, held, _gzip.Read(larger[held..]));
        if (given == 0 && !_ended) return ReadFew(buffer);
        larger[..given].CopyTo(buffer);
        return given;
    }

    /// <summary>Puts the bytes that were kept back at the beginning.</summary>
    private int Held(Span<byte> buffer)
    {
        _last.AsSpan(0, _lastCount).CopyTo(buffer);
        return _lastCount;
    }

    /// <summary>Keeps the last bytes back, as they may be the mark.</summary>
    /// <returns>How many may be given.</returns>
    private int Keep(Span<byte> buffer, int held, int read)
    {
        var all = buffer[..(held + read)];
        if (read == 0)
        {
            _ended = true;
            return all.SequenceEqual(Mark) ? 0 : throw new InvalidDataException();
        }
        _lastCount = Math.Min(MarkBytes, all.Length);
        all[^_lastCount..].CopyTo(_last);
        return all.Length - _lastCount;
    }

    private static byte[] Compress(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>The file and, behind it, the mark.</summary>
    private sealed class FollowedStream(Stream inner) : ReadOnlyStream
    {
        private int _given = -1;

        public override int Read(Span<byte> buffer)
        {
            if (_given < 0)
            {
                int count = inner.Read(buffer);
                if (count > 0) return count;
            }
            return Follow(buffer);
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < 0)
            {
                int count = await inner.ReadAsync(buffer, cancellationToken);
                if (count > 0) return count;
            }
            return Follow(buffer.Span);
        }

        private int Follow(Span<byte> buffer)
        {
            _given = Math.Max(_given, 0);
            int count = Math.Min(buffer.Length, MarkMember.Length - _given);
            MarkMember.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }
    }
}
