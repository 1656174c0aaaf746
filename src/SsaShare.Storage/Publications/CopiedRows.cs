using System.Buffers.Binary;
using Npgsql;

namespace SsaShare.Storage;

/// <summary>Reads rows in the binary form of COPY. Fields are parts of the memory into which they were read: nothing of them is copied.</summary>
/// <param name="stream">At its beginning.</param>
/// <param name="fieldCount">How many each row has.</param>
internal sealed class CopiedRows(NpgsqlRawCopyStream stream, int fieldCount)
{
    /// <summary>Small enough that the garbage collector treats it as what it is: gone soon.</summary>
    private const int PieceSize = 80_000;

    private const int HeaderSize = 19;
    private readonly (int Start, int Length)[] _fields = new (int, int)[fieldCount];
    private byte[] _bytes = new byte[PieceSize];
    private int _next, _end;
    private bool _isBegun;

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="InvalidDataException">The server sent something else.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_isBegun)
        {
            while (_end < HeaderSize) await FillAsync(cancellationToken);
            if (!_bytes.AsSpan().StartsWith("PGCOPY\n"u8) || BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(HeaderSize - sizeof(long))) != 0) throw new InvalidDataException("The server's rows have another form.");
            (_isBegun, _next) = (true, HeaderSize);
        }
        int row;
        while ((row = FindRow()) < 0) await FillAsync(cancellationToken);
        return row > 0;
    }

    public bool IsNull(int field) => _fields[field].Length < 0;

    /// <summary>Stays what it is when the next row is read.</summary>
    public ReadOnlyMemory<byte> Memory(int field) => _bytes.AsMemory(_fields[field].Start, _fields[field].Length);

    public ReadOnlySpan<byte> Span(int field) => _bytes.AsSpan(_fields[field].Start, _fields[field].Length);

    public short Int16(int field) => BinaryPrimitives.ReadInt16BigEndian(Span(field));

    public int Int32(int field) => BinaryPrimitives.ReadInt32BigEndian(Span(field));

    public long Int64(int field) => BinaryPrimitives.ReadInt64BigEndian(Span(field));

    public bool Boolean(int field) => Span(field)[0] != 0;

    /// <returns>Positive when there is a whole row, 0 at the end, negative when more must be read.</returns>
    private int FindRow()
    {
        int at = _next;
        if (_end - at < sizeof(short)) return -1;
        short count = BinaryPrimitives.ReadInt16BigEndian(_bytes.AsSpan(at));
        if (count == -1) return 0;
        if (count != _fields.Length) throw new InvalidDataException($"The server sent a row of {count} fields; expected {_fields.Length}.");
        at += sizeof(short);
        for (int field = 0; field < _fields.Length; field++)
        {
            if (_end - at < sizeof(int)) return -1;
            int length = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at));
            at += sizeof(int);
            if (length > _end - at) return -1;
            _fields[field] = (at, length);
            at += Math.Max(length, 0);
        }
        _next = at;
        return 1;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _bytes.Length)
        {
            // What is here may be in use. The row that is not whole begins the next piece.
            var rest = _bytes.AsMemory(_next.._end);
            _bytes = new byte[Math.Max(PieceSize, 2 * rest.Length)];
            rest.CopyTo(_bytes);
            (_next, _end) = (0, rest.Length);
        }
        int read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
        if (read == 0) throw new InvalidDataException("The server's rows end within a row.");
        _end += read;
    }
}
