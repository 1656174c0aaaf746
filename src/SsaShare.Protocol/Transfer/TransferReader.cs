using System.Security.Cryptography;
using Google.Protobuf;
using SsaShare.Protocol.Transfer.V1;

namespace SsaShare.Protocol;

/// <summary>Reads a file in which pulls or answers are carried, an item at a time. Total: whatever the bytes are, it gives items or says what is wrong and where.</summary>
/// <param name="stream">Read to its end by <see cref="ReadAsync"/>; the caller closes it.</param>
public sealed class TransferReader(Stream stream) : IDisposable
{
    /// <summary>What the first message says of itself.</summary>
    public const string Format = "ssashare/transfer/v1";

    /// <summary>Longest item read, bytes: an answer of 10,000 records fits.</summary>
    public const int ItemBytesMax = 64 * 1024 * 1024;

    private const int HeadBytesMax = 64 * 1024;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _one = new byte[1];
    private long _position;
    private uint _count;

    /// <summary>First of all.</summary>
    /// <exception cref="InvalidDataException">It is not such a file, or one of another version.</exception>
    public async Task<TransferHead> ReadHeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadMessageAsync(TransferHead.Parser, HeadBytesMax, cancellationToken) is { } head && head.Format == Format) return head;
        }
        catch (InvalidDataException)
        {
            // Bytes of anything else: said below.
        }
        throw new InvalidDataException($"This is not a file of an exchange ({Format}).");
    }

    /// <summary>The items, without the end.</summary>
    /// <exception cref="InvalidDataException">The file is cut off or damaged; the message says after how many items. What was given before it is not to be trusted to be all.</exception>
    public async IAsyncEnumerable<TransferItem> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            byte[] before = _hash.GetCurrentHash();
            var item = await ReadMessageAsync(TransferItem.Parser, ItemBytesMax, cancellationToken) ?? throw Damaged("it is cut off");
            switch (item.ItemCase)
            {
                case TransferItem.ItemOneofCase.End:
                    if (item.End.ItemCount != _count || !item.End.Sha256.Span.SequenceEqual(before)) throw Damaged("what it says of itself at its end is not so");
                    if (await stream.ReadAsync(_one, cancellationToken) != 0) throw Damaged("something follows its end");
                    yield break;
                case TransferItem.ItemOneofCase.None:
                    throw Damaged("an item is of a kind that this version does not know");
                default:
                    _count++;
                    yield return item;
                    break;
            }
        }
    }

    public void Dispose() => _hash.Dispose();

    /// <returns>Null at the end of the stream.</returns>
    private async Task<T?> ReadMessageAsync<T>(MessageParser<T> parser, int bytesMax, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        if (await ReadLengthAsync(cancellationToken) is not { } length) return null;
        if (length > bytesMax) throw Damaged($"an item would have {length} bytes");
        byte[] bytes = new byte[length];
        if (await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken) < bytes.Length) throw Damaged("it is cut off");
        _hash.AppendData(bytes);
        _position += bytes.Length;
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Damaged("an item is not well-formed");
        }
    }

    /// <summary>A base-128 varint, the shortest form.</summary>
    private async Task<uint?> ReadLengthAsync(CancellationToken cancellationToken)
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            if (await stream.ReadAsync(_one, cancellationToken) == 0) return shift == 0 ? null : throw Damaged("it is cut off");
            _hash.AppendData(_one);
            _position++;
            if (shift == 28 && _one[0] > 0x0F) break;
            value |= (uint)(_one[0] & 0x7F) << shift;
            if (_one[0] < 0x80) return value;
        }
        throw Damaged("an item's length is none");
    }

    private InvalidDataException Damaged(string what) => new($"The file is damaged after {_count} items, at byte {_position}: {what}. Copy it again.");
}
