using System.Security.Cryptography;
using Google.Protobuf;
using SsaShare.Protocol.Transfer.V1;

namespace SsaShare.Protocol;

/// <summary>Writes a file in which pulls or answers are carried: see <c>proto/ssashare/transfer/v1/transfer.proto</c>. Not whole before <see cref="CompleteAsync"/>.</summary>
/// <param name="stream">The caller closes it.</param>
public sealed class TransferWriter(Stream stream) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private uint _count;

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>First of all.</summary>
    public Task WriteAsync(TransferHead head, CancellationToken cancellationToken)
    {
        head.Format = TransferReader.Format;
        return WriteMessageAsync(head, cancellationToken);
    }

    /// <param name="item">A request, an answer or an agreement.</param>
    public Task WriteAsync(TransferItem item, CancellationToken cancellationToken)
    {
        _count++;
        return WriteMessageAsync(item, cancellationToken);
    }

    /// <summary>Last of all.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken)
        => WriteMessageAsync(new TransferItem { End = new TransferEnd { ItemCount = _count, Sha256 = ByteString.CopyFrom(_hash.GetCurrentHash()) } }, cancellationToken);

    public void Dispose() => _hash.Dispose();

    private async Task WriteMessageAsync(IMessage message, CancellationToken cancellationToken)
    {
        int size = message.CalculateSize();
        byte[] bytes = new byte[CodedOutputStream.ComputeLengthSize(size) + size];
        using (var output = new CodedOutputStream(bytes))
        {
            output.WriteLength(size);
            message.WriteTo(output);
        }
        _hash.AppendData(bytes);
        await stream.WriteAsync(bytes, cancellationToken);
        Length += bytes.Length;
    }
}
