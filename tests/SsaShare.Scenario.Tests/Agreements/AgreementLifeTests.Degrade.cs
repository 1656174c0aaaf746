using SsaShare.Exchange;
using SsaShare.Protocol;
using V1 = SsaShare.Protocol.Observation.V1;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>A coarse form at once for two, the original after a delay for one of them.</summary>
public sealed partial class AgreementLifeTests
{
    private const int DegradedCount = 40, DelayS = 8;
    private const string Coarse = "coarse";
    private IReadOnlyList<LifeRecord> _degraded = [];
    private LifeAgreement _precise = null!;

    private async Task DegradeAsync()
    {
        _precise = await _life.AgreeAsync("precise", LifeYaml.Precise(Coarse, DelayS), Atlantic, Pacific, Caribbean);
        // On a machine that is too busy to look before the delay is over, once more with other records.
        for (int attempt = 1; _degraded.Count == 0; attempt++)
        {
            Assert.InRange(attempt, 1, 4);
            var due = Now.AddSeconds(DelayS);
            var records = await PublishAsync(Atlantic, $"to be degraded ({attempt})", _label, ("RADAR", "40001", DegradedCount));
            Holdings.Give(records, Atlantic, _precise, Pacific, Coarse);
            Holdings.Give(records, Atlantic, _precise, Caribbean, Coarse);
            if (await HasLookedBeforeAsync(due)) _degraded = records;
            await ArriveNotBeforeAsync(records, due, Pacific);
            Holdings.Give(records, Atlantic, _precise, Pacific);
        }
        foreach (var node in new[] { Pacific, Caribbean }) await _life.AssertHoldsAsync(node);
        await AssertHonestAsync();
        await AssertSameAgainAsync();
    }

    /// <summary>Pacific has the coarse forms and nothing of the originals, in its database and from the wire.</summary>
    /// <returns>False when it took longer than the delay, so that nothing is known.</returns>
    private async Task<bool> HasLookedBeforeAsync(DateTimeOffset due)
    {
        string difference;
        while ((difference = await _life.DifferenceAsync(Pacific)).Length > 0 && Now < due) await Task.Delay(50);
        var trace = await _life.FindTraceAsync(Pacific);
        string wire = await _life.DifferenceOnWireAsync(Atlantic, Pacific, _precise);
        if (Now >= due) return false;
        Assert.Equal(("", null, ""), (difference, trace, wire));
        return true;
    }

    /// <summary>The originals come, and not one of them early.</summary>
    private static async Task ArriveNotBeforeAsync(IReadOnlyList<LifeRecord> records, DateTimeOffset due, ScenarioNode reader)
    {
        var ids = records.Select(record => record.Record.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        await Eventually.IsAsync(async () =>
        {
            int arrived = (await HeldRecord.ListAsync(reader)).Count(held => ids.Contains(held.Id));
            Assert.True(arrived == 0 || Now >= due, $"{arrived} originals came {(due - Now).TotalSeconds:f3} s before their delay was over.");
            return arrived;
        }, arrived => arrived == records.Count, $"originals after their delay at {reader.Partner}");
    }

    /// <summary>Every coarse form differs from its original and from another recipient's, and by as much as it states.</summary>
    private async Task AssertHonestAsync()
    {
        var (pacific, caribbean) = (await DegradedAsync(Pacific), await DegradedAsync(Caribbean));
        foreach (var original in _degraded)
        {
            var truth = V1.Observation.Parser.ParseFrom(original.Record.Payload.Span);
            var (one, other) = (V1.Observation.Parser.ParseFrom(pacific[original].Payload.Span), V1.Observation.Parser.ParseFrom(caribbean[original].Payload.Span));
            Assert.Equal(3, new[] { truth.RangeKm, one.RangeKm, other.RangeKm }.Distinct().Count());
            Assert.Equal(3, new[] { truth.AzimuthRad, one.AzimuthRad, other.AzimuthRad }.Distinct().Count());
            Assert.Equal(3, new[] { truth.ElevationRad, one.ElevationRad, other.ElevationRad }.Distinct().Count());
        }
        // Normalised by what is stated, the squares of the errors add up to chi-square: within six sigma (Wilson and Hilferty, PNAS 1931).
        foreach (var (reader, degraded) in new[] { (Pacific, pacific), (Caribbean, caribbean) })
        {
            double[] squares = [.. _degraded.SelectMany(original => NormalisedErrors(original.Record, degraded[original])).Select(error => error * error)];
            double sum = squares.Sum(), ninth = 2.0 / (9 * squares.Length);
            double Quantile(double sigmas) => squares.Length * Math.Pow(1 - ninth + sigmas * Math.Sqrt(ninth), 3);
            TestContext.Current.TestOutputHelper?.WriteLine($"normalised errors of {reader.Partner}: sum of {squares.Length} squares {sum:f1}");
            Assert.InRange(sum, Quantile(-6), Quantile(6));
        }
    }

    /// <summary>Who asks again from the beginning gets the same bytes, to the last figure and salt.</summary>
    private async Task AssertSameAgainAsync()
    {
        foreach (var reader in new[] { Pacific, Caribbean })
        {
            var kept = (await DegradedAsync(reader)).Values.Select(record => Convert.ToHexString(record.Payload.Span)).Order(StringComparer.Ordinal);
            var pulls = new List<List<(string Payload, string Salt)>>();
            for (int i = 0; i < 3; i++)
            {
                var slices = await _life.Wire.PullAllAsync(Atlantic, reader, _precise.Id);
                pulls.Add([.. slices.SelectMany(slice => slice.Records).Where(item => item.Record.Mark is { } mark && _degraded.Any(one => one.Leaf == mark.Original))
                    .Select(item => (Convert.ToHexString(item.Record.Payload.Span), Convert.ToHexString(item.Salt.Span))).Order()]);
            }
            Assert.Equal(kept, pulls[0].Select(item => item.Payload));
            Assert.All(pulls, pull => Assert.Equal(pulls[0], pull));
        }
    }

    private async Task<Dictionary<LifeRecord, SealedRecord>> DegradedAsync(ScenarioNode node)
        => (await _life.DegradedAtAsync(node)).Where(pair => _degraded.Contains(pair.Original)).ToDictionary(pair => pair.Original, pair => pair.Degraded);

    private static double[] NormalisedErrors(SealedRecord original, SealedRecord degraded)
    {
        var (truth, coarse) = (V1.Observation.Parser.ParseFrom(original.Payload.Span), V1.Observation.Parser.ParseFrom(degraded.Payload.Span));
        var stated = degraded.Mark!.Added;
        return [(coarse.RangeKm - truth.RangeKm) / stated.RangeKm!.Value, Math.IEEERemainder(coarse.AzimuthRad - truth.AzimuthRad, Math.Tau) / stated.AzimuthRad!.Value,
            (coarse.ElevationRad - truth.ElevationRad) / stated.ElevationRad!.Value];
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
