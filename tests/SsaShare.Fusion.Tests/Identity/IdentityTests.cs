using SsaShare.Domain;

namespace SsaShare.Fusion.Tests.Identity;

public sealed class IdentityTests
{
    private static readonly Epoch At = Seeds.At("2024-11-01T00:00:00");

    [Fact]
    public void Match_PerturbedAndShuffledCatalog_RecognisesByOrbitNotByName()
    {
        var random = new Random(3);
        var first = Enumerable.Range(0, 10_000).Select(i => Set($"{i}", random)).ToList();
        // The same orbits, moved by some hundred metres along the track, in another order, and named after each other.
        int[] order = [.. Enumerable.Range(0, first.Count)];
        random.Shuffle(order);
        var second = order.Select((of, i) => first[of] with { ObjectTag = $"{i}", MeanAnomalyRad = first[of].MeanAnomalyRad + 5e-5 * (random.NextDouble() - 0.5) }).ToList();
        var matches = SameOrbit.Match(first, second, At);
        int right = matches.Count(m => m.Answer == MatchAnswer.Same && order[m.Nearest!.Value] == m.First), wrong = matches.Count(m => m.Answer == MatchAnswer.Same && order[m.Nearest!.Value] != m.First);
        Figure.Say("objects recognised by orbit", "10,000 simulated element sets, perturbed", "share recognised", right / 10_000.0, "1");
        Figure.Say("objects recognised by orbit", "10,000 simulated element sets, perturbed", "recognised wrongly", wrong, "1");
        Assert.Equal(0, wrong);
        Assert.True(right > 9_900);
    }

    [Fact]
    public void Match_FormationCloserThanTheSetsTell_IsAmbiguous()
    {
        var one = Set("1", new Random(1));
        ElementSet[] pair = [one, one with { ObjectTag = "2", MeanAnomalyRad = one.MeanAnomalyRad + 3e-5 }];
        Assert.All(SameOrbit.Match(pair, pair, At), match => Assert.Equal(MatchAnswer.Ambiguous, match.Answer));
        // Co-located above one longitude, but twenty kilometres apart.
        var geo = one with { MeanMotionRevPerDay = 1.0027, Eccentricity = 2e-4, InclinationRad = 1e-3 };
        ElementSet[] belt = [geo, geo with { ObjectTag = "2", MeanAnomalyRad = geo.MeanAnomalyRad + 5e-4 }];
        Assert.All(SameOrbit.Match(belt, belt, At), match => Assert.Equal((MatchAnswer.Same, match.First), (match.Answer, match.Nearest!.Value)));
        Assert.Equal(MatchAnswer.None, Assert.Single(SameOrbit.Match([geo], [one], At)).Answer);
    }

    [Fact]
    public void History_SplitMergedAndNamed_LeadsToTodaysObject()
    {
        var history = new ObjectHistory();
        ObjectId[] ids = [.. Enumerable.Range(1, 4).Select(i => new ObjectId(new Guid(i, 0, 0, new byte[8])))];
        RecordId[] records = [Seeds.IdOf("a")];
        history.Add(new IdentityEvent.Created(ids[0], At, "three tracklets", records));
        history.Add(new IdentityEvent.Split(ids[0], [ids[1], ids[2]], At, "two orbits", records));
        history.Add(new IdentityEvent.Referenced(ids[2], "catalogue", "25544", At, "as a partner says", records));
        history.Add(new IdentityEvent.Merged(ids[1], ids[2], At, "one orbit again", records));
        Assert.Equal(ids[1], history.Today(ids[2]));
        Assert.Null(history.Today(ids[3]));
        Assert.Equal(ids[1], Assert.Single(history.Called("catalogue", "25544")).Object);
        Assert.Equal(3, history.Of(ids[2]).Count());
        Assert.Throws<ArgumentException>(() => history.Add(new IdentityEvent.CrossTagged(ids[0], ids[2], At, "", records)));
        Assert.Equal(4, history.Events.Count);
    }

    private static ElementSet Set(string tag, Random random) => new(tag, At.PlusSeconds(-40_000 * random.NextDouble()), 14 + 1.2 * random.NextDouble(), 0.01 * random.NextDouble(), 0.7 + random.NextDouble(), Math.Tau * random.NextDouble(),
        Math.Tau * random.NextDouble(), Math.Tau * random.NextDouble(), 1e-5, 0, 0);
}
