using System.Diagnostics;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>What anybody may send to a witness, and what a peer may gossip: any bytes give a value or a "no", quickly.</summary>
public sealed class WitnessingFuzzTests
{
    private static readonly int Inputs = Nightly.FuzzInputs;

    [Fact]
    public void Parsers_RandomMutatedAndTruncatedBytes_NeverThrowAndAreQuick()
    {
        using var log = new GrowingLog("pacific");
        using var forked = log.Fork();
        using var witness = NoteSigner.Generate(NoteNames.OfWitness(PartnerId.Parse("harbour")), NoteSignatureType.CosignatureV1);
        byte[][] valid =
        [
            log.Request(5, 9).ToBytes(),
            log.Request(0, 1).ToBytes(),
            Misbehaviour.Of(log.Note(4).ToString(), forked.Note(4).ToString()).ToJson(),
            UnprovenGrowth.Of(log.Note(4).ToString(), forked.Note(9).ToString(), log.Proof(4, 9)).ToJson(),
            new ForgivenConflict(Hash256.Of([1]), "ssashare/pacific/log", "A test.").ToJson(),
            Encoding.UTF8.GetBytes(log.Note(4).Cosign(witness, 1_800_000_000).ToString()),
        ];
        var keys = new NoteKeys(log.Signer.Verifier, _ => witness.Verifier);
        var random = new Random(4_613);
        long slowest = 0;
        int read = 0;
        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = Input(random, valid);
            long started = Stopwatch.GetTimestamp();
            if (AddCheckpointRequest.TryParse(input, out var request, out _))
            {
                read++;
                AddCheckpointRules.Authenticate(request, (_, _) => log.Signer.Verifier, out _);
            }
            if (Misbehaviour.TryParse(input, out var conflict)) conflict.Verify((_, _) => log.Signer.Verifier, out _, out _);
            read += UnprovenGrowth.TryParse(input, out _) ? 1 : 0;
            read += ForgivenConflict.TryParse(input, out _) ? 1 : 0;
            CosignedCheckpoint.TryOpen(input, log.Owner, keys, out _);
            slowest = Math.Max(slowest, Stopwatch.GetTimestamp() - started);
        }
        Assert.True(read > 0);
        Assert.True(Stopwatch.GetElapsedTime(0, slowest) < TimeSpan.FromSeconds(2), $"slowest {Stopwatch.GetElapsedTime(0, slowest)}");
    }

    private static byte[] Input(Random random, byte[][] valid)
    {
        if (random.Next(8) == 0)
        {
            byte[] noise = new byte[random.Next(400)];
            random.NextBytes(noise);
            return noise;
        }
        byte[] input = [.. valid[random.Next(valid.Length)]];
        for (int change = random.Next(4); change > 0; change--) input[random.Next(input.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "\n 0+=-9"u8[random.Next(7)];
        return random.Next(4) == 0 ? input[..random.Next(input.Length)] : input;
    }
}
