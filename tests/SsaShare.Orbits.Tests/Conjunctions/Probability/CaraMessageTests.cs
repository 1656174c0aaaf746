using System.Globalization;
using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>27 real conjunction messages of NASA's CARA, with what its own programs answered by four methods.</summary>
public sealed class CaraMessageTests
{
    private const string Against = "CARA's own figures";

    private sealed record Row(string Name, ConjunctionPair Pair, Func<string, double> Figure, Func<string, bool> IsViolated);

    private static List<Row> Rows()
    {
        string[][] rows = [.. ReferenceData.Lines("pc/cara-cdms/expected.csv").Select(line => line.Split(','))];
        return [.. rows.Skip(1).Select(row => new Row(row[0], MessageReader.Read($"pc/cara-cdms/{row[0]}.cdm", Number(row, "HBR_m") / 1e3, withShared: false),
            name => Number(row, name), name => Number(row, name) != 0))];

        double Number(string[] row, string name) => double.Parse(row[Array.IndexOf(rows[0], name)], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void TwoDimensional_RealMessages_AgreeBeforeAndAfterTheTimeIsCorrected()
    {
        List<double> stated = [], moved = [], series = [], seconds = [];
        foreach (var row in Rows())
        {
            Assert.True(EncounterGeometry.TryOf(row.Pair, out var before));
            stated.Add(Math.Abs(FosterProbability.Of(before!.Plane) / row.Figure("Pc2D_NoAdj") - 1));
            Assert.True(ClosestApproachShift.TryMove(row.Pair, ApproachMotion.Linear, out var pair, out double shift));
            Assert.True(EncounterGeometry.TryOf(pair, out var after));
            double p = FosterProbability.Of(after!.Plane);
            moved.Add(Math.Abs(p / row.Figure("Pc2D") - 1));
            seconds.Add(Math.Abs(shift) * 1e3);
            if (SeriesProbability.TryOf(after.Plane, out double fast, out _)) series.Add(Math.Abs(fast / p - 1));
        }
        Assert.Equal(27, moved.Count);
        Figure.Quantiles("27 messages, 2D probability at the stated time, relative", Against, stated, "");
        Figure.Quantiles("27 messages, 2D probability at the true time, relative", Against, moved, "", Aim.AtMost(1e-6));
        Figure.Quantiles("27 messages, true time from the stated one", "none", seconds, "ms");
        Figure.Quantiles($"{series.Count} of 27 messages, 2D probability by series, relative", "our integration", series, "", Aim.AtMost(1e-6));
        Assert.InRange(moved.Max(), 0, 1e-7);
        Assert.InRange(series.Max(), 0, 1e-10);
        Assert.InRange(seconds.Max(), 0, 1);
    }

    [Fact]
    public void Curved_RealMessages_AgreeAndLieInTheIntervals()
    {
        List<double> brief = [], whole = [], between = [];
        int inside = 0, all = 0;
        foreach (var row in Rows())
        {
            if (!row.IsViolated("ViolationsNc2D"))
            {
                var two = Assert.IsType<ExpectedCollisions.Found>(ShortCurvedEncounter.Of(row.Pair));
                brief.Add(Math.Abs(two.Number / row.Figure("Nc2D") - 1));
            }
            var three = Assert.IsType<ExpectedCollisions.Found>(LongCurvedEncounter.Of(row.Pair));
            whole.Add(Math.Abs(three.Number / row.Figure("Nc3D") - 1));
            if (!row.IsViolated("ViolationsNc2D")) between.Add(Math.Abs(three.Number / ((ExpectedCollisions.Found)ShortCurvedEncounter.Of(row.Pair)).Number - 1));
            all++;
            if (three.Number >= row.Figure("PcSDMCLo") && three.Number <= row.Figure("PcSDMCHi")) inside++;
        }
        Assert.Equal(27, all);
        Figure.Quantiles($"{brief.Count} of 27 messages, 2D-Nc, relative", Against, brief, "", Aim.AtMost(1e-3));
        Figure.Quantiles("27 messages, 3D-Nc, relative", Against, whole, "", Aim.AtMost(2e-3));
        Figure.Quantiles($"{between.Count} of 27 messages, 3D-Nc against 2D-Nc, relative", "our own 2D-Nc", between, "");
        Figure.Say("27 messages, 3D-Nc inside the 95 % interval of trials", "CARA's trials, 4.6e5 to 4e9 each", "count", inside, "", Aim.AtLeast(24));
        Assert.InRange(brief.Max(), 0, 1e-3);
        Assert.InRange(whole.Max(), 0, 2e-3);
        // Of 27 intervals of 95 %, one or two miss the truth.
        Assert.InRange(inside, 24, 27);
    }

    [Fact]
    public void Assess_RealMessages_RecommendsStraightLinesWhereCaraDoes()
    {
        int agree = 0, inside = 0;
        List<string> others = [];
        foreach (var row in Rows())
        {
            var result = ProbabilityAssessor.Assess(row.Pair, new ProbabilityOptions(ProbabilityMethods.TwoDimensional | ProbabilityMethods.Maximum));
            var expected = !row.IsViolated("ViolationsPc2D") ? ProbabilityMethods.TwoDimensional : !row.IsViolated("ViolationsNc2D") ? ProbabilityMethods.ShortCurved : ProbabilityMethods.LongCurved;
            if (result.Recommended.Method == expected) agree++;
            else others.Add($"{row.Name}: {result.Recommended}");
            if (result.Recommended.Probability >= row.Figure("PcSDMCLo") && result.Recommended.Probability <= row.Figure("PcSDMCHi")) inside++;
        }
        foreach (string other in others) TestContext.Current.TestOutputHelper?.WriteLine(other);
        Figure.Say("27 messages, method recommended is the first one CARA finds no fault with", Against, "count", agree, "", Aim.AtLeast(27));
        Figure.Say("27 messages, recommended probability inside the 95 % interval of trials", "CARA's trials, 4.6e5 to 4e9 each", "count", inside, "", Aim.AtLeast(24));
        Assert.InRange(agree, 26, 27);
        Assert.InRange(inside, 24, 27);
    }

    [Fact]
    public void MonteCarlo_LikeliestMessage_HoldsTheCurvedFigure()
    {
        var row = Rows().MaxBy(row => row.Figure("Nc3D"))!;
        Assert.True(MonteCarloProbability.TryOf(row.Pair, new MonteCarloOptions(60_000, 20_240), out var trials));
        Assert.InRange(row.Figure("Nc2D"), trials!.Low, trials.High);
        Figure.Say("likeliest of 27 messages, 60,000 trials", Against, "relative", Math.Abs(trials.Probability / row.Figure("PcSDMC") - 1), "");
        Assert.Equal(0, trials.Escaped);
    }

    [Fact]
    public void Assess_CovarianceNotPositive_IsRemediedAndTold()
    {
        var pair = MessageReader.Read("pc/cara-sample-cdms/OmitronTestCase_Test07_NonPDCovariance.cdm", 0.02, withShared: false);
        var result = ProbabilityAssessor.Assess(pair.First, pair.FirstCovariance, pair.Second, pair.SecondCovariance, pair.HardBodyRadiusKm, new ProbabilityOptions(ProbabilityMethods.All & ~ProbabilityMethods.MonteCarlo));
        // CARA's own answer is 0 within 1e-10.
        Assert.InRange(result.Recommended.Probability!.Value, 0, 1e-10);
        Assert.InRange(result.TwoDimensional!.Value, 0, 1e-10);
        Assert.Contains(result.Warnings, warning => warning.Kind is ProbabilityWarningKind.FirstCovariance or ProbabilityWarningKind.SecondCovariance);
    }

    [Fact]
    public void Shared_DensityError_ChangesTheProbability()
    {
        // Its sign and size differ with the pair: the sensitivities along the tracks are alike or opposite.
        var apart = MessageReader.Read("pc/cara-cdms/000028485_conj_000044777_20220407_231108_20220406_140506.cdm", 0.0087, withShared: false);
        var shared = MessageReader.Read("pc/cara-cdms/000028485_conj_000044777_20220407_231108_20220406_140506.cdm", 0.0087, withShared: true);
        var one = Assert.IsType<ExpectedCollisions.Found>(ShortCurvedEncounter.Of(apart));
        var two = Assert.IsType<ExpectedCollisions.Found>(ShortCurvedEncounter.Of(shared));
        Assert.InRange(two.Number / one.Number, 2.4, 2.6);
        Assert.True(EncounterGeometry.TryOf(shared, out var geometry));
        Assert.InRange(FosterProbability.Of(geometry!.Plane) / two.Number, 0.99, 1.01);
        Assert.True(MonteCarloProbability.TryOf(shared, new MonteCarloOptions(60_000, 5), out var trials));
        Assert.InRange(two.Number, trials!.Low, trials.High);
    }
}
