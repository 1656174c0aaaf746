using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace SsaShare.Storage;

/// <summary>
/// Writes rows in the binary form of COPY (PostgreSQL's documentation, "COPY", section "Binary Format") and sends them in large pieces. The driver's own importer
/// does the same field by field, which costs as much processor time as the server takes to store them.
/// </summary>
internal sealed class CopyRows(NpgsqlRawCopyStream stream) : IDisposable
{
    private const int SendFrom = 64 * 1024, RoomForNumber = sizeof(int) + sizeof(long);
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(SendFrom * 2);
    private int _length;

    /// <summary>Signature, flags and an empty extension: comes first, once.</summary>
    public void WriteHeader()
    {
        "PGCOPY\n"u8.CopyTo(Room(19));
        ReadOnlySpan<byte> rest = [0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];
        rest.CopyTo(_bytes.AsSpan(_length + 7));
        _length += 19;
    }

    /// <summary>As many fields as are told must follow.</summary>
    public void BeginRow(short fields)
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), fields);
        _length += sizeof(short);
    }

    public void Write(short number)
    {
        var room = Room(RoomForNumber);
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(short));
        BinaryPrimitives.WriteInt16BigEndian(room[sizeof(int)..], number);
        _length += sizeof(int) + sizeof(short);
    }

    public void Write(int number)
    {
        var room = Room(RoomForNumber);
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(room[sizeof(int)..], number);
        _length += sizeof(int) + sizeof(int);
    }

    public void Write(long number)
    {
        var room = Room(RoomForNumber);
        BinaryPrimitives.WriteInt32BigEndian(room, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(room[sizeof(int)..], number);
        _length += sizeof(int) + sizeof(long);
    }

    public void Write(bool value)
    {
        var room = Room(RoomForNumber);
        BinaryPrimitives.WriteInt32BigEndian(room, 1);
        room[sizeof(int)] = value ? (byte)1 : (byte)0;
        _length += sizeof(int) + 1;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Field(bytes.Length));
        _length += sizeof(int) + bytes.Length;
    }

    /// <param name="text">Null for NULL.</param>
    public void Write(string? text)
    {
        if (text is null)
        {
            WriteNull();
            return;
        }
        int length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, Field(length));
        _length += sizeof(int) + length;
    }

    public void WriteNull()
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), -1);
        _length += sizeof(int);
    }

    /// <summary>Sends what has come together, once it is worth it.</summary>
    public ValueTask SendSomeAsync(CancellationToken cancellationToken) => _length < SendFrom ? ValueTask.CompletedTask : SendAsync(cancellationToken);

    /// <summary>Ends the rows and sends the rest; the copy is complete when its stream is disposed.</summary>
    public ValueTask SendLastAsync(CancellationToken cancellationToken)
    {
        BeginRow(-1);
        return SendAsync(cancellationToken);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_bytes.AsMemory(0, _length), cancellationToken);
        _length = 0;
    }

    /// <summary>Writes the length of a field.</summary>
    /// <returns>Room for its bytes.</returns>
    private Span<byte> Field(int length)
    {
        var room = Room(sizeof(int) + length);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        return room[sizeof(int)..];
    }

    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + bytes));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsSpan(_length);
    }
}
