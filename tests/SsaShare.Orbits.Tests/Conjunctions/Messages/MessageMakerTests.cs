using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Messages of approaches that the screening finds: what they state is so, and what is not known they do not state.</summary>
public sealed class MessageMakerTests
{
    private static readonly Epoch Created = Testing.At("2024-10-31T06:00:00.125Z");

    [Fact]
    public void Make_OfACrossing_StatesWhatTheMotionsSay()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        var message = Made(approach, report).Message;
        Assert.Equal(("00005", "00900"), (message.First.Designator, message.Second.Designator));
        CartesianState first = Object(5).Motion.StateAt(message.Approach.Time), second = Object(900).Motion.StateAt(message.Approach.Time);
        Testing.Near(first.PositionKm, message.First.State.PositionKm, 1e-9);
        Testing.Near(second.VelocityKmPerS, message.Second.State.VelocityKmPerS, 1e-12);
        Assert.InRange(Math.Abs(message.Approach.Time.SecondsSince(approach.Tca)), 0, 0.5e-6);
        Assert.Equal(approach.MissKm, message.Approach.MissDistanceKm, 1e-6);
        // Relative figures, once more by hand: radial, transverse and normal of the first object, velocities against axes at rest.
        Vector3d radial = first.PositionKm.Unit(), normal = first.PositionKm.Cross(first.VelocityKmPerS).Unit(), apart = second.PositionKm - first.PositionKm, passing = second.VelocityKmPerS - first.VelocityKmPerS;
        Testing.Near(new Vector3d(apart.Dot(radial), apart.Dot(normal.Cross(radial)), apart.Dot(normal)), message.Approach.RelativePositionRtnKm!.Value, 2e-6);
        Testing.Near(new Vector3d(passing.Dot(radial), passing.Dot(normal.Cross(radial)), passing.Dot(normal)), message.Approach.RelativeVelocityRtnKmPerS!.Value, 2e-9);
        Assert.Equal(passing.Norm, message.Approach.RelativeSpeedKmPerS!.Value, 2e-9);
        // At the closest approach the way is across the distance.
        Assert.InRange(Math.Abs(message.Approach.RelativePositionRtnKm!.Value.Dot(message.Approach.RelativeVelocityRtnKmPerS!.Value)), 0, 1e-3);
        Assert.Equal((Scene.Start, report.Options.End, "RTN", "ELLIPSOID", new Vector3d(30, 30, 30)),
            (message.Screening!.Start!.Value, message.Screening.Stop!.Value, message.Screening.Axes, message.Screening.Shape, message.Screening.SizeKm!.Value));
        foreach (var edge in (Epoch[])[message.Screening.Entry!.Value, message.Screening.Exit!.Value]) Assert.Equal(30, Object(5).Motion.StateAt(edge).SeparationKm(Object(900).Motion.StateAt(edge)).Norm, 1e-4);
        Assert.True(message.Screening.Entry < message.Approach.Time && message.Approach.Time < message.Screening.Exit);
        Assert.Equal(("DEFAULT", "NONE", "N/A"), (message.First.CovarianceMethod, message.First.Ephemeris, message.First.Maneuverable));
        Assert.Contains(message.First.Comments, comment => comment.StartsWith("State by SGP4 from mean elements of 2024-11-01T00:00:00Z", StringComparison.Ordinal));
        Assert.Null(message.First.Determination);
        Assert.Null(message.First.Body);
    }

    [Fact]
    public void Make_WithABox_EntersAndLeavesThroughItsFaces()
    {
        var (report, approach) = Crossing(ScreeningVolume.Box(28, 40, 25));
        var screening = Made(approach, report).Message.Screening!;
        Assert.Equal(("BOX", new Vector3d(28, 40, 25)), (screening.Shape, screening.SizeKm!.Value));
        foreach (var (edge, way) in new[] { (screening.Entry!.Value, 1), (screening.Exit!.Value, -1) })
        {
            Assert.Equal(1, Out(edge), 1e-5);
            Assert.InRange(Out(edge.PlusSeconds(way * 0.01)), 0, 1);
            Assert.True(Out(edge.PlusSeconds(way * -0.01)) > 1);
        }

        // How far out, 1 being on a face.
        double Out(Epoch epoch)
        {
            var at = LocalOrbitFrame.Of(Object(5).Motion.StateAt(epoch), LocalOrbitAxes.Rtn).ToLocalInertial(Object(900).Motion.StateAt(epoch)).PositionKm;
            return Math.Max(Math.Abs(at.X) / 28, Math.Max(Math.Abs(at.Y) / 40, Math.Abs(at.Z) / 25));
        }
    }

    [Fact]
    public void Make_WithRadii_StatesTheProbabilityThatItsOwnFiguresGive()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        var made = Made(approach, report, radiusKm: 0.004, defaultKm: 0.001);
        Assert.Contains("HBR = 5 [m]", made.Message.Comments);
        Assert.Contains("HBR is the sum of 4 m (of the object) for OBJECT1 and 1 m (a default) for OBJECT2", made.Message.Comments);
        Assert.Equal(0.005, ConjunctionEncounter.StatedRadiusKm(made.Message));
        var again = ConjunctionEncounter.Of(made.Message, new EarthRotation(EarthOrientation.Default.Extended())).Assess(0.005, new ProbabilityOptions(ProbabilityMethods.TwoDimensional));
        Assert.Equal(1, again.Recommended.Probability!.Value / made.Message.Probability!.Value, 1e-6);
        Assert.Equal("FOSTER-1992", made.Message.Probability.Method);
        Assert.InRange(made.Message.Probability.Value, 1e-300, 1e-3);
        Assert.Contains(made.Message.Comments, comment => comment.StartsWith("Maximum probability over all sizes ", StringComparison.Ordinal));
    }

    [Fact]
    public void Make_WithoutARadius_StatesNoProbabilityAndSaysSo()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        var made = Made(approach, report, radiusKm: 0.004);
        Assert.Null(made.Message.Probability);
        Assert.Null(made.Assessment);
        Assert.Null(ConjunctionEncounter.StatedRadiusKm(made.Message));
        Assert.Contains(made.Message.Comments, comment => comment.StartsWith("No hard-body radius is known", StringComparison.Ordinal));
    }

    [Fact]
    public void Make_WithADensityErrorOfBoth_StatesItAndWhatItMakesOfTheProbability()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        // Both along the track, by half of their transverse sigma.
        EncounterObject Shared(int id)
        {
            var motion = Object(id).Motion;
            var state = motion.StateAt(approach.Tca);
            return Object(id) with { Motion = new Sure(motion, new DensityError(0.5, (id == 5 ? 1 : 0.3) * state.VelocityKmPerS.Unit(), default)), HardBodyRadiusKm = 0.01 };
        }

        var made = Assert.IsType<ConjunctionMessageOutcome.Made>(ConjunctionMessageMaker.Make(approach, report, Shared(5), Shared(900), Options()));
        var apart = Made(approach, report, radiusKm: 0.01, defaultKm: 0.01);
        // What readers who know nothing of it find, and beside it what is so.
        Assert.Equal(apart.Message.Probability, made.Message.Probability);
        var pair = ConjunctionEncounter.Of(made.Message, new EarthRotation(EarthOrientation.Default.Extended()));
        double shared = pair.Assess(0.02, new ProbabilityOptions(ProbabilityMethods.TwoDimensional), new SharedError(At(0), At(1))).Recommended.Probability!.Value;
        Assert.NotEqual(shared, made.Message.Probability!.Value);
        Assert.Contains(made.Message.Comments, comment => comment.StartsWith("With the error of the air's density", StringComparison.Ordinal) && comment.Contains(shared.ToString("0.###E+0", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        foreach (var one in (ConjunctionObject[])[made.Message.First, made.Message.Second])
        {
            Assert.Equal("CALCULATED", one.CovarianceMethod);
            Assert.Contains("DCP Density Forecast Uncertainty = 0.5", one.Comments);
            string[] words = one.Comments.Single(comment => comment.StartsWith("DCP Sensitivity Vector RTN Pos = ", StringComparison.Ordinal)).Split(' ');
            // One kilometre of the first, nearly along the transverse axis.
            double along = one.Designator == "00005" ? 1_000 : 300;
            Assert.InRange(double.Parse(words[^3], System.Globalization.CultureInfo.InvariantCulture) / along, 0.9999, 1);
        }

        DensityError At(int i) => Shared(i == 0 ? 5 : 900).Motion.UncertaintyAt(approach.Tca)!.Density!.Value;
    }

    /// <summary>A covariance is told to be carried from another time where that is more than an hour away, be it that of a state or of the last block of an ephemeris.</summary>
    [Fact]
    public void Make_WithACovarianceFromFarAway_TellsOfWhatTime()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        foreach (var (hours, isTold) in ((double, bool)[])[(-5, true), (-0.5, false)])
        {
            var stated = approach.Tca.PlusSeconds(hours * 3_600);
            var plain = Object(5).Motion;
            var history = new CovarianceHistory([(plain.StateAt(stated), Followed.Sure)]);
            var made = Assert.IsType<ConjunctionMessageOutcome.Made>(ConjunctionMessageMaker.Make(approach, report, Object(5) with { Motion = new Late(plain, history) }, Object(900), Options()));
            Assert.Equal("CALCULATED", made.Message.First.CovarianceMethod);
            Assert.Equal(isTold, made.Message.First.Comments.Any(comment => comment.StartsWith($"Covariance carried over 5.0 h from {Utc.Format(stated)[..19]}", StringComparison.Ordinal)));
            Assert.DoesNotContain(made.Message.Second.Comments, comment => comment.StartsWith("Covariance carried", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Make_PrimariesAndVolumes_SayWhichObjectIsTheFirst()
    {
        var sphere = ScreeningVolume.Sphere(30);
        var (report, approach) = Crossing(sphere, primaries: [900]);
        Assert.Equal("00900", Made(approach, report).Message.First.Designator);
        (report, approach) = Crossing(ScreeningVolume.Sphere(1), ofSecond: ScreeningVolume.Box(31, 32, 33));
        var message = Made(approach, report).Message;
        Assert.Equal(("00900", new Vector3d(31, 32, 33)), (message.First.Designator, message.Screening!.SizeKm!.Value));
        // A primary comes first all the same; the volume around the other has no place in the message.
        (report, approach) = Crossing(ScreeningVolume.Sphere(1), ofSecond: sphere, primaries: [5]);
        message = Made(approach, report).Message;
        Assert.Equal(("00005", null), (message.First.Designator, message.Screening!.SizeKm));
        Assert.Contains("The approach counts by a volume around OBJECT2", message.Comments);
    }

    [Fact]
    public void Make_Id_IsThatOfPairTimeAndCreation()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        string id = Made(approach, report).Message.MessageId;
        Assert.Matches(@"^00005_conj_00900_20241101T00\d{4}\.\d{6}_20241031T060000\.125$", id);
        Assert.Equal(id, Made(approach, report, radiusKm: 0.01, defaultKm: 0.01).Message.MessageId);
        Assert.NotEqual(id, Made(approach, report, created: Created.PlusSeconds(1)).Message.MessageId);
    }

    [Fact]
    public void Make_WhatCannotBeStated_IsNamed()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        EncounterObject one = Object(5), other = Object(900);
        AssertNot(NoMessageReason.NoCovariance, 900, ConjunctionMessageMaker.Make(approach, report, one, other with { Motion = new ElementSetMotion(Elements(900), null) }, Options()));
        AssertNot(NoMessageReason.OtherMotion, null, ConjunctionMessageMaker.Make(approach, report, one, other with { Motion = new ElementSetMotion(Elements(900) with { MeanAnomalyRad = 1 }, AssumedUncertainty.ElementSets) }, Options()));
        AssertNot(NoMessageReason.NoState, 900, ConjunctionMessageMaker.Make(approach, report, one, other with { Motion = new ElementSetMotion(Elements(900) with { MeanMotionRevPerDay = 18, BStarPerEarthRadii = 1 }, null) }, Options()));
        AssertNot(NoMessageReason.NoUtc, null, ConjunctionMessageMaker.Make(approach, report, one, other, Options(created: new Epoch(long.MinValue / 4))));
        Assert.Throws<ArgumentException>(() => ConjunctionMessageMaker.Make(approach, report, one, one, Options()));
        Assert.Throws<ArgumentException>(() => new ConjunctionMakerOptions(" ", Created));
        Assert.Throws<ArgumentOutOfRangeException>(() => Options(defaultKm: 0));

        static void AssertNot(NoMessageReason reason, long? id, ConjunctionMessageOutcome outcome)
        {
            var not = Assert.IsType<ConjunctionMessageOutcome.NotMade>(outcome);
            Assert.Equal((reason, id), (not.Reason, not.Id));
        }
    }

    [Fact]
    public void Make_NamesThatNoMessageCanHold_AreWrittenAsFarAsTheyCan()
    {
        var (report, approach) = Crossing(ScreeningVolume.Sphere(30));
        var message = Assert.IsType<ConjunctionMessageOutcome.Made>(ConjunctionMessageMaker.Make(approach, report, Object(5) with { Name = " É\nX = 1 ", Comments = ["", new string('x', 1_000)] }, Object(900) with { Name = "NaN" }, Options())).Message;
        Assert.Equal(("??X = 1", "UNKNOWN"), (message.First.Name, message.Second.Name));
        Assert.All(message.First.Comments, comment => Assert.InRange(comment.Length, 1, 220));
    }

    /// <summary>Whatever the screening returns: fast, slow and co-moving, at edges, of every kind of orbit.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Make_OfEveryApproachOfACrowd_HoldsTogether(int seed, bool isBox)
    {
        var objects = Scene.Crowd(seed, 250).Cast<ScreenedElements>().ToList();
        // Some that move together.
        for (int i = 0; i < 5; i++) objects.Add(new ScreenedElements(50_000 + i, objects[i].Elements with { MeanAnomalyRad = objects[i].Elements.MeanAnomalyRad + 2e-4 * i }));
        var report = ConjunctionScreener.Screen(objects, new ScreeningOptions(Scene.Start, Scene.Start.PlusSeconds(6 * 3_600), isBox ? ScreeningVolume.Box(10, 25, 20) : ScreeningVolume.Sphere(20)));
        Assert.InRange(report.Approaches.Count, 20, 100_000);
        Assert.Contains(report.Approaches, approach => approach.IsCoMoving);
        var byId = objects.ToDictionary(one => one.Id, one => new EncounterObject(one.Id, new ElementSetMotion(one.Elements, AssumedUncertainty.ElementSets), 0.005));
        var ids = new HashSet<string>();
        int joined = 0;
        foreach (var approach in report.Approaches)
        {
            var message = Assert.IsType<ConjunctionMessageOutcome.Made>(ConjunctionMessageMaker.Make(approach, report, byId[approach.Id1], byId[approach.Id2], Options())).Message;
            Assert.True(ids.Add(message.MessageId), message.MessageId);
            Assert.Equal(message.Approach.MissDistanceKm, message.Approach.RelativePositionRtnKm!.Value.Norm, 2e-6);
            Assert.Equal(message.Approach.RelativeSpeedKmPerS!.Value, message.Approach.RelativeVelocityRtnKmPerS!.Value.Norm, 4e-9);
            Assert.InRange(Math.Abs(message.Approach.MissDistanceKm - approach.MissKm), 0, 1e-5);
            bool isJoined = approach.IsCoMoving && approach.MissKm <= 0.01;
            Assert.True(isJoined ? message.Probability is null : message.Probability is { Value: >= 0 and <= 1, Method: not null }, $"{message.MessageId}: {message.Probability}");
            joined += isJoined ? 1 : 0;
            var screening = message.Screening!;
            if (screening.Entry is { } entry) Assert.True(entry >= report.Options.Start && entry.SecondsSince(approach.InsideFrom) > -0.01 && (isBox || entry <= message.Approach.Time), message.MessageId);
            if (screening is { Entry: { } from, Exit: { } to }) Assert.True(from <= to, message.MessageId);
            if (!isBox && !approach.Traits.HasFlag(CloseApproachTraits.AtEdge) && approach.InsideFrom > report.Options.Start && approach.InsideTo < report.Options.End) Assert.True(screening is { Entry: not null, Exit: not null }, message.MessageId);
        }
        // One object has the elements of another: two names of one body.
        Assert.Equal(1, joined);
    }

    private static ConjunctionMessageOutcome.Made Made(CloseApproach approach, ScreeningReport report, double? radiusKm = null, double? defaultKm = null, Epoch? created = null)
        => Assert.IsType<ConjunctionMessageOutcome.Made>(ConjunctionMessageMaker.Make(approach, report, Object(900), Object(5) with { HardBodyRadiusKm = radiusKm }, Options(defaultKm, created)));

    private static ConjunctionMakerOptions Options(double? defaultKm = null, Epoch? created = null) => new("TEST", created ?? Created) { DefaultRadiusKm = defaultKm };

    private static (ScreeningReport Report, CloseApproach Approach) Crossing(ScreeningVolume volume, ScreeningVolume? ofSecond = null, HashSet<long>? primaries = null)
    {
        var report = ConjunctionScreener.Screen([new ScreenedElements(5, Elements(5)), new ScreenedElements(900, Elements(900), ofSecond)], new ScreeningOptions(Scene.Start, Scene.Start.PlusSeconds(1_800), volume) { Primaries = primaries });
        return (report, Assert.Single(report.Approaches));
    }

    private static EncounterObject Object(int id) => new(id, new ElementSetMotion(Elements(id), AssumedUncertainty.ElementSets), null);

    /// <summary>Two orbits at 700 km that cross at their ascending nodes, some kilometres apart.</summary>
    private static ElementSet Elements(int id)
        => new(null, Scene.Start, 14.6, 0.0001, (id == 5 ? 80 : 50) * Testing.RadPerDegree, 1.7, 0, (id == 5 ? 350 : 350.02) * Testing.RadPerDegree, 0, 0, 0);

    /// <summary>The same motion with a covariance of another time.</summary>
    private sealed record Late(IUncertainMotion Motion, CovarianceHistory History) : IUncertainMotion
    {
        public bool Covers(Epoch epoch) => Motion.Covers(epoch);

        public CartesianState StateAt(Epoch epoch) => Motion.StateAt(epoch);

        public UncertaintyAt? UncertaintyAt(Epoch epoch) => new UncertaintyAt(History.At(StateAt(epoch)), CovarianceOrigin.Calculated) { CarriedFrom = History.SourceOf(epoch) };

        public ScreenedObject ToScreened(long id, ScreeningVolume? volume = null) => Motion.ToScreened(id, volume);
    }

    /// <summary>The same motion with an error of the density.</summary>
    private sealed record Sure(IUncertainMotion Motion, DensityError Density) : IUncertainMotion
    {
        public bool Covers(Epoch epoch) => Motion.Covers(epoch);

        public CartesianState StateAt(Epoch epoch) => Motion.StateAt(epoch);

        public UncertaintyAt? UncertaintyAt(Epoch epoch) => new UncertaintyAt(Motion.UncertaintyAt(epoch)!.Covariance, CovarianceOrigin.Calculated, Density);

        public ScreenedObject ToScreened(long id, ScreeningVolume? volume = null) => Motion.ToScreened(id, volume);
    }
}
