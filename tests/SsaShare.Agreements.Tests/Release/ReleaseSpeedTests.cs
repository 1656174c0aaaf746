using System.Diagnostics;
using System.Globalization;
using System.Text;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class ReleaseSpeedTests(ITestOutputHelper output)
{
    private const int Decisions = 200_000;

    /// <summary>The floor is far below what one core does, so that a busy machine does not fail it; the measured figure is in the output.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(500)]
    public void Decide_ManyClauses_IsFastAndAllocatesNothing(int clauses)
    {
        var agreement = Between(Clauses(clauses));
        RecordFacts[] records = [.. Enumerable.Range(0, 64).Select(i => Observation(tag: (7_700 + i).ToString(CultureInfo.InvariantCulture), regime: i % 2 == 0 ? OrbitalRegime.Leo : OrbitalRegime.Geo))];
        // Code that is not yet optimised may box; a few rounds let the runtime finish with it.
        for (int round = 0; round < 5; round++) Run(agreement, records);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        int released = Run(agreement, records);
        double perSecond = Decisions / Stopwatch.GetElapsedTime(start).TotalSeconds;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clauses} clauses: {perSecond:N0} decisions/s, {released} of {Decisions} released, {allocated} bytes"));
        Assert.InRange(released, 1, Decisions - 1);
        Assert.Equal(0, allocated);
        Assert.True(perSecond > 100_000, $"{perSecond:N0} decisions/s");
    }

    private static int Run(Agreement agreement, RecordFacts[] records)
    {
        int released = 0;
        for (int i = 0; i < Decisions; i++)
            if (ReleasePolicy.Decide(records[i % records.Length], ReleaseForm.Full, agreement, AgreementState.Active, Pacific, Atlantic, Now, TimeSpan.Zero).IsReleased) released++;
        return released;
    }

    private static string Clauses(int count)
    {
        var yaml = new StringBuilder("grants:\n");
        for (int i = 0; i < count * 4 / 5; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: g{i}, from: [pacific], to: [atlantic], record_classes: [observation], objects: [{7_700 + i * 3}, {7_701 + i * 3}], regimes: [LEO, GEO], purposes: [fusion]}}\n");
        yaml.Append("prohibitions:\n");
        for (int i = 0; i < count - count * 4 / 5; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"  - {{id: p{i}, to: [atlantic], objects: [{7_700 + i * 7}], regimes: [GEO]}}\n");
        return yaml.ToString();
    }
}
