using Google.Protobuf;
using SsaShare.Protocol.Exchange.V1;
using SsaShare.Protocol.Transfer.V1;
using SsaShare.Tests;

namespace SsaShare.Protocol.Tests.Transfers;

/// <summary>Files that carry an exchange: written, read, cut, damaged, made up.</summary>
public sealed class TransferFileTests
{
    [Fact]
    public async Task File_WrittenAndRead_IsTheSame()
    {
        var answers = Enumerable.Range(0, 20).Select(seed => new TransferAnswer { Priority = PullPriority.Urgent, Response = Arbitrary.Answer(new Random(seed)).ToWire() }).ToList();
        byte[] file = await WriteAsync(answers);
        var (head, items) = await ReadAsync(file);
        Assert.Equal((TransferReader.Format, "atlantic", "pacific", TransferKind.Answers), (head.Format, head.ProviderId, head.ReceiverId, head.Kind));
        Assert.Equal(answers, items.Select(item => item.Answer));
    }

    [Fact]
    public async Task File_CutOffAnywhere_IsRefusedWithItsPlace()
    {
        byte[] file = await WriteAsync([new TransferAnswer { Response = Arbitrary.Answer(new Random(1)).ToWire() }, new TransferAnswer()]);
        for (int length = 0; length < file.Length; length++)
        {
            var fault = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file[..length]));
            Assert.True(fault.Message.Contains("damaged", StringComparison.Ordinal) || fault.Message.Contains("not a file", StringComparison.Ordinal), fault.Message);
        }
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync([.. file, 0]));
    }

    [Fact]
    public async Task File_WithOneByteChanged_IsRefused()
    {
        byte[] file = await WriteAsync([new TransferAnswer { Response = Arbitrary.Answer(new Random(2)).ToWire() }]);
        for (int at = 0; at < file.Length; at++)
        {
            byte[] damaged = [.. file];
            damaged[at] ^= 0x10;
            await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(damaged));
        }
    }

    [Fact]
    public async Task Items_LeftOutOrSwapped_AreRefused()
    {
        var (first, second) = (new TransferAnswer { Response = Arbitrary.Answer(new Random(3)).ToWire() }, new TransferAnswer { Response = Arbitrary.Answer(new Random(4)).ToWire() });
        byte[] file = await WriteAsync([first, second]), one = await WriteAsync([first]), swapped = await WriteAsync([second, first]);
        // The end of one file behind the items of another.
        int end = file.Length - Tail(file);
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync([.. one[..(one.Length - Tail(one))], .. file[end..]]));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync([.. swapped[..(swapped.Length - Tail(swapped))], .. file[end..]]));

        static int Tail(byte[] whole) => 1 + new TransferItem { End = new TransferEnd { ItemCount = 1, Sha256 = ByteString.CopyFrom(new byte[32]) } }.CalculateSize();
    }

    [Fact]
    public async Task Anything_Read_GivesItemsOrAReason()
    {
        byte[] file = await WriteAsync([new TransferAnswer { Response = Arbitrary.Answer(new Random(5)).ToWire() }]);
        foreach (byte[] input in Mutations.Of(file, Nightly.FuzzInputs, seed: 5))
        {
            try
            {
                await ReadAsync(input);
                Assert.Equal(file, input);
            }
            catch (InvalidDataException)
            {
                // Said what is wrong.
            }
        }
    }

    private static async Task<byte[]> WriteAsync(IEnumerable<TransferAnswer> answers)
    {
        using var file = new MemoryStream();
        using var writer = new TransferWriter(file);
        await writer.WriteAsync(new TransferHead { Kind = TransferKind.Answers, ProviderId = "atlantic", ReceiverId = "pacific" }, CancellationToken.None);
        foreach (var answer in answers) await writer.WriteAsync(new TransferItem { Answer = answer }, CancellationToken.None);
        await writer.CompleteAsync(CancellationToken.None);
        Assert.Equal(file.Length, writer.Length);
        return file.ToArray();
    }

    private static async Task<(TransferHead Head, List<TransferItem> Items)> ReadAsync(byte[] file)
    {
        using var reader = new TransferReader(new MemoryStream(file));
        var head = await reader.ReadHeadAsync(CancellationToken.None);
        return (head, await reader.ReadAsync(CancellationToken.None).ToListAsync());
    }
}
