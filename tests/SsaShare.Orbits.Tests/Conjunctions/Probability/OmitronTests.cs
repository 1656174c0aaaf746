using System.Globalization;
using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Omitron's first case as NASA's CARA publishes it (states, covariances and three answers by its 2D program, which integrates over a disc, the square about it, and the square of the same area), and its messages.</summary>
public sealed class OmitronTests
{
    private const double RadiusKm = 0.02;

    [Fact]
    public void TwoDimensional_PublishedCase_HasThePublishedFigures()
    {
        var plane = Geometry(Pair()).Plane;
        double disc = FosterProbability.Of(plane);
        Assert.True(SeriesProbability.TryOf(plane, out double series, out _));
        // Bodies are small against the error: shape does not count, area does.
        var expected = Answers();
        double[] errors = [disc / expected["circle"] - 1, series / expected["circle"] - 1, disc * 4 / Math.PI / expected["square"] - 1, disc / expected["squareEquArea"] - 1];
        Figure.Quantiles("Omitron 01 to 03, 2D probability over disc, square and square of equal area, relative", "CARA's own figures", errors.Select(Math.Abs), "", Aim.AtMost(1e-3));
        Assert.All(errors, error => Assert.InRange(error, -1e-3, 1e-3));
    }

    [Fact]
    public void AllMethods_Messages_AgreeOrSayWhyNot()
    {
        List<double> curved = [];
        foreach (string name in (string[])["Test01_HighPc", "Test02_MaxRadialSigma", "Test03_MaxIntrackSigma", "Test04_MaxCrossTrackSigma", "Test05_MinMiss"])
        {
            var pair = MessageReader.Read($"pc/cara-sample-cdms/OmitronTestCase_{name}.cdm", RadiusKm, withShared: false);
            var result = ProbabilityAssessor.Assess(pair.First, pair.FirstCovariance, pair.Second, pair.SecondCovariance, RadiusKm, new ProbabilityOptions(ProbabilityMethods.All) { MonteCarlo = new MonteCarloOptions(40_000, 7) });
            double disc = result.TwoDimensional!.Value;
            Assert.Equal(1, result.Series!.Value / disc, 1e-9);
            curved.Add(Math.Abs(Assert.IsType<ExpectedCollisions.Found>(result.ShortCurved).Number / disc - 1));
            curved.Add(Math.Abs(Assert.IsType<ExpectedCollisions.Found>(result.LongCurved).Number / disc - 1));
            Assert.True(result.Maximum!.Value.Probability >= disc);
            Assert.InRange(disc, result.MonteCarlo!.Low, result.MonteCarlo.High);
            Assert.Equal(ProbabilityMethods.TwoDimensional, result.Recommended.Method);
        }
        Figure.Quantiles("Omitron's five fast messages, 2D-Nc and 3D-Nc, relative", "our 2D probability", curved, "");
        Assert.InRange(curved.Max(), 0, 0.02);
    }

    private static EncounterGeometry Geometry(ConjunctionPair pair)
    {
        Assert.True(EncounterGeometry.TryOf(pair, out var geometry));
        return geometry!;
    }

    private static Dictionary<string, double> Answers() => ReferenceData.Lines("pc/expected_values.csv").Select(line => line.Split(',')).Where(row => row[^4].StartsWith("Pc2D_Foster ", StringComparison.Ordinal))
        .ToDictionary(row => row[^4].Split(' ')[1], row => double.Parse(row[^3], CultureInfo.InvariantCulture));

    private static ConjunctionPair Pair()
    {
        var epoch = Testing.At("2010-01-01T00:00:00");
        return new ConjunctionPair(
            new CartesianState(epoch, Frame.Gcrf, new Vector3d(378.39559, 4305.721887, 5752.767554), new Vector3d(2.360800244, 5.580331936, -4.322349039)),
            Position(44.5757544811362, 81.6751751052616, 158.453402956163, -67.8687662707124, -128.616921644858, 105.490542562701),
            new CartesianState(epoch, Frame.Gcrf, new Vector3d(374.5180598, 4307.560983, 5751.130418), new Vector3d(-5.388125081, -3.946827739, 3.322820358)),
            Position(2.31067077720423, 1.69905293875632, 1.24957388457206, -1.4170164577661, -1.04174164279599, 0.869260558223714), RadiusKm);
    }

    private static Covariance6 Position(params double[] lowerKm2) => new([.. lowerKm2, .. new double[15]]);
}
