using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

public sealed class CosignedCheckpointsTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly PartnerId Harbour = PartnerId.Parse("harbour"), Midlands = PartnerId.Parse("midlands"), Northern = PartnerId.Parse("northern");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_CosignedBySome_GivesQuorumsNewestAndEarliest()
    {
        Assert.Null(await node.Cosigned.GetNewestAsync(Token));
        foreach (var (size, witness, second) in ((long, PartnerId, long)[])
            [(3, Harbour, 100), (3, Midlands, 101), (5, Harbour, 110), (5, Harbour, 190), (5, Northern, 112), (8, Harbour, 120), (8, Harbour, 120)])
            await node.Cosigned.AddAsync(Head(size), $"checkpoint {size}\n", Line(witness, size, second), Token);

        var newest = await node.Cosigned.GetNewestAsync(Token);
        Assert.Equal((8, Head(8).Root, $"checkpoint 8\nharbour 8 120\n"), (newest!.Size, newest.Root, newest.Note));
        Assert.Equal(5, (await node.Cosigned.GetNewestWithAsync(2, Set(Harbour, Midlands, Northern), Token))!.Size);
        Assert.Equal(3, (await node.Cosigned.GetNewestWithAsync(2, Set(Harbour, Midlands), Token))!.Size);
        Assert.Null(await node.Cosigned.GetNewestWithAsync(2, Set(Midlands, Northern), Token));
        Assert.Null(await node.Cosigned.GetNewestWithAsync(3, Set(Harbour, Midlands, Northern), Token));
        Assert.Equal([(Harbour, At(190)), (Northern, At(112))], (await node.Cosigned.GetNewestWithAsync(2, Set(Harbour, Northern), Token))!.Cosignatures);

        var read = await node.Cosigned.ReadAsync(4, 8, Token).ToListAsync(Token);
        Assert.Equal([5L, 8L], read.Select(one => one.Size));
        Assert.Equal([(Harbour, At(110)), (Northern, At(112))], read[0].Cosignatures);

        var witnesses = await node.Cosigned.ListWitnessesAsync(Token);
        Assert.Equal((8, At(190)), witnesses[Harbour]);
        Assert.Equal((3, At(101)), witnesses[Midlands]);

        // Of another root than the checkpoint that is kept nothing is kept.
        await node.Cosigned.AddAsync(new LogHead(8, Hash256.Of([9])), "another\n", Line(Midlands, 8, 130), Token);
        Assert.Equal([Harbour], (await node.Cosigned.ReadAsync(8, 8, Token).SingleAsync(Token)).Cosignatures.Select(one => one.Witness));
    }

    private static LogHead Head(long size) => new(size, Hash256.Of([(byte)size]));

    private static Epoch At(long second) => CosignedCheckpoint.ToEpoch(1_800_000_000 + second)!.Value;

    private static CosignatureLine Line(PartnerId witness, long size, long second) => new(witness, 1_800_000_000 + second, $"{witness} {size} {second}");

    private static HashSet<PartnerId> Set(params PartnerId[] partners) => [.. partners];
}
