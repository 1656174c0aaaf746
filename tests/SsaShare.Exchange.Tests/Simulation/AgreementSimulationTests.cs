using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

public sealed class AgreementSimulationTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), TwoDays = TimeSpan.FromDays(2);
    private readonly SimulatedPact _pact = new();

    [Fact]
    public void Consider_OlderThanTheDelay_GoesOutCoarseAndThenAsPublished()
    {
        var record = SimulatedPact.Record();
        var simulation = Simulate(SimulatedPact.Publish(TwoDays, record));
        Assert.Equal(["Released full late None 1", "Degraded coarse early None 1"], Rows(simulation));
        Assert.Equal((1, 0, 0), Fates(simulation));
        Assert.Equal([record.Id], simulation.Rows[0].Examples);
    }

    [Fact]
    public void Consider_YoungerThanTheDelay_GoesOutCoarseOnly()
    {
        var simulation = Simulate(SimulatedPact.Publish(Hour, SimulatedPact.Record()));
        Assert.Equal(["Degraded coarse early None 1"], Rows(simulation));
        Assert.Equal((0, 1, 0), Fates(simulation));
    }

    [Fact]
    public void Consider_WhatIsProhibitedOrHasNothingLeft_StaysWithClauseAndReason()
    {
        var simulation = Simulate(SimulatedPact.Publish(Hour, SimulatedPact.Record("7734"), SimulatedPact.Record(SimulatedPact.Bare)));
        Assert.Equal(["Withheld full - NotYetDue 1", "Withheld full not-that-one Prohibited 1"], Rows(simulation));
        Assert.Equal((0, 0, 2), Fates(simulation));
    }

    [Fact]
    public void Consider_WhereOnlyTheDegradedFormIsGrantedAndNothingIsLeft_SaysSo()
    {
        var simulation = Simulate(SimulatedPact.Publish(TwoDays, SimulatedPact.Record(SimulatedPact.Bare)), SimulatedPact.Delayed.Replace("[observation]\n    delay", "[sensor]\n    delay", StringComparison.Ordinal));
        Assert.Equal(["Withheld full - NothingLeftToGive 1"], Rows(simulation));
    }

    [Fact]
    public void Consider_WhatItsOriginatorHasNoticed_StaysInEveryForm()
    {
        var simulation = Simulate(SimulatedPact.Publish(TwoDays, SimulatedPact.Record(), SimulatedPact.Record()), closed: [1]);
        Assert.Equal(["Released full late None 1", "Degraded coarse early None 1", "Withheld full - Noticed 1"], Rows(simulation));
        Assert.Equal(1, _pact.Degraded);
    }

    [Fact]
    public void Consider_ManyOfAKind_NamesTheFirstThree()
    {
        var publication = SimulatedPact.Publish(Hour, [.. Enumerable.Range(0, 10).Select(_ => SimulatedPact.Record())]);
        var row = Assert.Single(Simulate(publication).Rows);
        Assert.Equal((10L, 3), (row.Count, row.Examples.Count));
        Assert.Equal(publication.Records.Take(3).Select(record => record.Record.Id), row.Examples);
    }

    [Fact]
    public void Consider_UnderASuspendedAgreement_WithholdsEverything()
    {
        var simulation = _pact.Simulate(SimulatedPact.Fix(SimulatedPact.Delayed), AgreementState.Suspended);
        simulation.Consider(new StoredPublication(1, SimulatedPact.Publish(TwoDays, SimulatedPact.Record())), SimulatedPact.Now.Plus(-TwoDays), new RecordFate[1]);
        Assert.Equal(["Withheld full - AgreementSuspended 1"], Rows(simulation));
        Assert.Equal(0, _pact.Degraded);
    }

    /// <summary>Whatever the records and clauses are, the same items go out as in real pulls of every lane, and as many records stay.</summary>
    [Fact]
    public void Consider_OfAnyFeed_GivesExactlyWhatTheLanesOfAPullGive()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] tags = ["1", "2", "3", SimulatedPact.Bare, "7734"];
        TimeSpan[] ages = [TimeSpan.Zero, Hour, TimeSpan.FromHours(6), TimeSpan.FromHours(23), TimeSpan.FromDays(1), TwoDays];
        for (int i = 0; i < 40; i++)
        {
            var agreement = SimulatedPact.Fix(RandomClauses(random, tags));
            var feed = Enumerable.Range(1, 5).Select(position => (Stored: new StoredPublication(position, SimulatedPact.Publish(ages[random.Next(ages.Length)] is var age ? age : default,
                [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => SimulatedPact.Record(tags[random.Next(tags.Length)]))])) { Closed = random.Next(3) == 0 ? new HashSet<int> { 0 } : new HashSet<int>() }, Age: age)).ToList();
            var simulation = _pact.Simulate(agreement);
            foreach (var (stored, age) in feed) simulation.Consider(stored, SimulatedPact.Now.Plus(-age), new RecordFate[stored.Publication.Records.Count]);

            var given = new List<(int Position, int Index, ReleaseForm Form)>();
            var degrader = new SliceDegrader(_pact, new DegradationKey(new byte[32]), Sample.PacificKey, agreement, Sample.Pacific, Sample.Atlantic);
            foreach (var lane in FeedLanes.Of(agreement, Sample.Pacific, Sample.Atlantic))
            {
                var due = feed.Where(one => one.Age >= lane.Delay).Select(one => one.Stored).ToList();
                var decision = FeedLanes.Decision(lane, agreement, AgreementState.Active, Sample.Pacific, Sample.Atlantic, SimulatedPact.Now);
                foreach (var stored in due)
                    foreach (var slice in Release.Decide([stored], decision, degrader).Slices)
                        given.AddRange(slice.Records.Select(record => ((int)stored.Position, record.Index, record.Record.Facts.Form)));
            }
            var items = given.GroupBy(item => item.Form).ToDictionary(group => group.Key, group => group.LongCount());
            var rows = simulation.Rows.Where(row => row.Kind.Fate != RecordFate.Withheld).GroupBy(row => row.Kind.Form).ToDictionary(group => group.Key, group => group.Sum(row => row.Count));
            string what = $"seed {seed}, round {i}";
            Assert.Equal(items.OrderBy(pair => pair.Key.ToString()), rows.OrderBy(pair => pair.Key.ToString()));
            int records = feed.Sum(one => one.Stored.Publication.Records.Count), different = given.Select(item => (item.Position, item.Index)).Distinct().Count();
            Assert.True(simulation.CountOf(RecordFate.Withheld) == records - different, what);
            Assert.True(simulation.CountOf(RecordFate.Released) == given.Where(item => item.Form.IsFull).Select(item => (item.Position, item.Index)).Distinct().Count(), what);
            Assert.True(simulation.Rows.Where(row => row.Kind.Fate == RecordFate.Withheld).Sum(row => row.Count) == records - different, what);
        }
    }

    private static string RandomClauses(Random random, string[] tags)
    {
        string[] delays = ["", "delay: 6h", "delay: 24h"], forms = ["", "degradation: coarse", "degradation: coarser"], purposes = ["[fusion]", "[research]", "[fusion, research]"];
        var clauses = new List<string> { "degradation_profiles:", "  - id: coarse", "    range_sigma_km: 1", "  - id: coarser", "    range_sigma_km: 10", "grants:" };
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            clauses.Add($"  - id: grant-{(char)('a' + i)}");
            clauses.Add("    record_classes: [observation]");
            clauses.Add($"    objects: [\"{tags[random.Next(tags.Length)]}\", \"{tags[random.Next(tags.Length)]}-other\"]");
            clauses.Add($"    purposes: {purposes[random.Next(purposes.Length)]}");
            foreach (string more in (string[])[delays[random.Next(delays.Length)], forms[random.Next(forms.Length)]])
                if (more.Length > 0) clauses.Add($"    {more}");
        }
        clauses.AddRange(["prohibitions:", "  - id: not-that-one", "    objects: [\"7734\"]", $"    purposes: {purposes[random.Next(purposes.Length)]}"]);
        return string.Join('\n', clauses);
    }

    private AgreementSimulation Simulate(Publication publication, string clauses = SimulatedPact.Delayed, params IEnumerable<int> closed)
    {
        var simulation = _pact.Simulate(SimulatedPact.Fix(clauses));
        Assert.True(DocumentJson.TryRead<PublicationDocument>(publication.Document.Payload.Span, DocumentContexts.Publication, out var document));
        simulation.Consider(new StoredPublication(1, publication) { Closed = closed.ToHashSet() }, document.Published, new RecordFate[publication.Records.Count]);
        return simulation;
    }

    private static IEnumerable<string> Rows(AgreementSimulation simulation)
        => simulation.Rows.Select(row => $"{row.Kind.Fate} {row.Kind.Form} {row.Kind.Clause?.Value ?? "-"} {row.Kind.Reason} {row.Count}");

    private static (long, long, long) Fates(AgreementSimulation simulation) => (simulation.CountOf(RecordFate.Released), simulation.CountOf(RecordFate.Degraded), simulation.CountOf(RecordFate.Withheld));
}
