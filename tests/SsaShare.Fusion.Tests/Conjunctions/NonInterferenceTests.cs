using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>What a reader may not see changes nothing in what this reader is told: not a bit, at no time, histories and names included.</summary>
public sealed class NonInterferenceTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void ForReader_WithheldSourcesPresentOrAbsent_SameAnswer(int seed)
    {
        var world = new World(seed);
        // A board with everything, and for each reader one that never had what is withheld from this reader.
        var whole = new ConjunctionBoard(BoardScene.Options);
        var without = BoardScene.Partners.ToDictionary(reader => reader, _ => new ConjunctionBoard(BoardScene.Options));
        int told = 0, historic = 0, hidden = 0, gone = 0;
        for (int step = 0; step < 8; step++)
        {
            world.Step(step);
            whole.Update(VisibleSources.Union(world.Sources, World.Views(world)), world.Now);
            foreach (var reader in BoardScene.Partners)
            {
                List<OrbitSource> visible = [.. world.Sources.Where(source => source.Basis.All(record => world.MaySee(reader, record)))];
                without[reader].Update(VisibleSources.Union(visible, World.Views(world)), world.Now);
                var (with, alone) = (whole.Snapshot!.ForReader(record => world.MaySee(reader, record)), without[reader].Snapshot!.ForReader(record => world.MaySee(reader, record)));
                Assert.Equal(BoardScene.Words(alone), BoardScene.Words(with));
                told += with.Conjunctions.Count;
                historic += with.Conjunctions.Count(one => one.History.Count > 1);
                gone += with.Conjunctions.Count(one => !one.IsCurrent);
                hidden += whole.Snapshot.Sources.Count - without[reader].Snapshot!.Sources.Count;
            }
        }
        // Otherwise the test would show nothing.
        Assert.True(told > 150 && historic > 15 && hidden > 100 && gone > 5, $"{told} told, {historic} with a history, {gone} no longer current, {hidden} sources hidden");
    }

    /// <summary>A board is brought up to date when the window moves, and when something arrives. What arrives for others must leave no trace, that it arrived included.</summary>
    [Theory]
    [InlineData(31)]
    public void ForReader_UpdatesForOthersInBetween_SameAnswerAtEveryInstant(int seed)
    {
        var reader = BoardScene.Partners[0];
        var options = BoardScene.Options with { Step = TimeSpan.FromMinutes(10) };
        var (random, whole, without, world) = (new Random(seed), new ConjunctionBoard(options), new ConjunctionBoard(options), new World(seed));
        world.Begin(together: true);
        int between = 0, single = 0, together = 0, lasting = 0, past = 0;
        var (seenSince, window) = (new Dictionary<ConjunctionEventId, Epoch>(), default(Epoch));
        List<OrbitSource> told = [];
        for (int step = 0; step < 150; step++)
        {
            if (step > 0) world.Wait(2 * random.Next(1, 100));
            if (step > 0 && random.Next(3) > 0) world.Change();
            List<OrbitSource> visible = [.. world.Sources.Where(source => source.Basis.All(record => world.MaySee(reader, record)))];
            bool moved = options.WindowAt(world.Now) != window, concerns = !visible.ToHashSet().SetEquals(told);
            // For others all of it; without them only what is this reader's, and the window.
            whole.Update(VisibleSources.Union(world.Sources, World.Views(world)), world.Now);
            if (moved || concerns) without.Update(VisibleSources.Union(visible, World.Views(world)), world.Now);
            else between++;
            (told, window) = (visible, options.WindowAt(world.Now));
            var (with, alone) = (whole.Snapshot!.ForReader(record => world.MaySee(reader, record)), without.Snapshot!.ForReader(record => world.MaySee(reader, record)));
            Assert.Equal(BoardScene.Words(alone), BoardScene.Words(with));
            foreach (var one in with.Conjunctions)
            {
                if (!one.Approach.IsCoMoving) single++;
                else
                {
                    together++;
                    if (seenSince.TryGetValue(one.Id, out var since) && since == one.History[0].When) lasting++;
                    seenSince[one.Id] = one.History[0].When;
                }
                if (one.Approach.Tca < world.Now) past++;
            }
        }
        // Otherwise the test would show nothing.
        Assert.True(between > 15 && single > 500 && together > 100 && lasting > 80 && past > 5, $"{between} updates for others alone, {single} passages, {together} together, {lasting} of them seen since the same instant, {past} past within the step");
    }

    [Fact]
    public void ForReader_NewerSourceWithheld_OlderOneIsToldAsBefore()
    {
        var random = new Random(21);
        var sources = BoardScene.Crowd(random, 40);
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update(sources, BoardScene.Start);
        var conjunction = board.Snapshot!.ForReader(BoardScene.All).Conjunctions[^1];
        var newer = BoardScene.Source(conjunction.First.Designation.CatalogNumber!.Value, conjunction.First.Originator!.Value, BoardScene.InShell(random), BoardScene.Start, "withheld");
        bool MaySee(RecordId record) => record != newer.Basis[0];
        board.Update(VisibleSources.Union([.. sources, newer], [BoardScene.All, MaySee]), BoardScene.Start.PlusSeconds(60));

        var (insider, outsider) = (board.Snapshot!.ForReader(BoardScene.All), board.Snapshot.ForReader(MaySee));
        Assert.Contains(newer, insider.Sources);
        Assert.DoesNotContain(insider.Conjunctions, one => one.IsCurrent && one.First.Equals(conjunction.First));
        var same = Assert.Single(outsider.Conjunctions, one => one.Id == conjunction.Id);
        Assert.Equal((conjunction.Approach, true), (same.Approach, same.IsCurrent));
        Assert.DoesNotContain(newer, outsider.Sources);
    }

    [Fact]
    public void ForReader_NothingVisible_Nothing()
    {
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update(BoardScene.Crowd(new Random(22), 30), BoardScene.Start);
        var told = board.Snapshot!.ForReader(_ => false);
        Assert.Empty(told.Sources);
        Assert.Empty(told.Conjunctions);
        Assert.Empty(told.Issues);
    }

    /// <summary>Four partners; each record is released to some of them.</summary>
    private sealed class World(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<RecordId, HashSet<PartnerId>> _released = [];

        public List<OrbitSource> Sources { get; } = [];

        public Epoch Now { get; private set; } = BoardScene.Start;

        public static IEnumerable<Func<RecordId, bool>> Views(World world) => BoardScene.Partners.Select(reader => (Func<RecordId, bool>)(record => world.MaySee(reader, record)));

        public bool MaySee(PartnerId reader, RecordId record) => _released[record].Contains(reader);

        public void Step(int step)
        {
            if (step == 0) Begin(together: false);
            else
            {
                Wait(_random.Next(0, 1_500));
                for (int change = 0; change < 10; change++) Change();
            }
        }

        /// <param name="together">Some of them fly in pairs.</param>
        public void Begin(bool together)
        {
            for (int i = 1; i <= 30; i++) Add(i, BoardScene.Partners[i % 4], BoardScene.InShell(_random));
            if (!together) return;
            for (int i = 0; i < 10; i++) Add(50 + i, BoardScene.Partners[i % 4], BoardScene.Refined(((ElementSetMotion)Sources[i].Encounter.Motion).Elements, _random));
        }

        public void Wait(int seconds) => Now = Now.PlusSeconds(seconds);

        public void Change()
        {
            var old = Sources[_random.Next(Sources.Count)];
            var elements = ((ElementSetMotion)old.Encounter.Motion).Elements;
            int kind = _random.Next(10);
            if (kind == 0) Sources.Remove(old);
            else if (kind == 1) Add(100 + _random.Next(900), old.Originator, elements);
            else if (kind == 2) Add(old.Designation.CatalogNumber!.Value, BoardScene.Partners[_random.Next(4)], BoardScene.Refined(elements, _random));
            else if (kind == 3) Add(old.Designation.CatalogNumber!.Value, old.Originator, BoardScene.InShell(_random));
            else if (kind == 4) Add(old.Designation.CatalogNumber!.Value, null, BoardScene.Refined(elements, _random), old.Basis);
            else Add(old.Designation.CatalogNumber!.Value, old.Originator, BoardScene.Refined(elements, _random));
        }

        /// <param name="basis">On which it rests besides a record of its own.</param>
        private void Add(long number, PartnerId? originator, ElementSet elements, IEnumerable<RecordId>? basis = null)
        {
            string record = $"{seed} {_released.Count}";
            _released.Add(BoardScene.Record(record), [.. BoardScene.Partners.Where(reader => reader == originator || _random.Next(2) == 0)]);
            var asOf = Now.PlusSeconds(-_random.Next(600));
            Sources.Add(new OrbitSource(new ObjectDesignation(number), originator is null ? OrbitSourceKind.Fused : OrbitSourceKind.ElementSet, originator, [BoardScene.Record(record), .. basis ?? []], DataMode.Real, asOf, asOf,
                new EncounterObject(number, new ElementSetMotion(elements, AssumedUncertainty.ElementSets), 0.003)));
        }
    }
}
