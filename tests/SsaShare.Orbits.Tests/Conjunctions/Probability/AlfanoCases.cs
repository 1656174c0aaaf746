using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Alfano's twelve cases (2009, AAS 09-233), states and covariances at closest approach, with the answers kept beside them.</summary>
internal static class AlfanoCases
{
    /// <param name="Linear">Along straight lines, by Alfano.</param>
    /// <param name="ThreeDimensional">By CARA's 3D-Nc.</param>
    /// <param name="Low">Of the 95 % interval of CARA's 1e8 trials.</param>
    /// <param name="SpanSeconds">How long each side of the closest approach those trials looked.</param>
    public sealed record Case(int Number, ConjunctionPair Pair, double Linear, double ThreeDimensional, double Low, double High, double SpanSeconds);

    public static IEnumerable<Case> All()
    {
        string[][] answers = [.. ReferenceData.Lines("pc/alfano2009/expected/A09TestCases_01_12_Distributed_Sheet1.csv").Where(x => char.IsAsciiDigit(x[0])).Select(x => x.Split(','))];
        string[][] spans = [.. ReferenceData.Lines("pc/alfano2009/Alfano09_CARA_Supplementary_Data_Sheet1.csv").Where(x => char.IsAsciiDigit(x[0])).Select(x => x.Split(','))];
        foreach (string[] row in answers)
        {
            int number = int.Parse(row[0], CultureInfo.InvariantCulture);
            yield return new Case(number, Read(number, Figure(row[1]) / 1e3), Figure(row[4]), Figure(row[6]), Figure(row[8]), Figure(row[9]), Figure(spans[number - 1][1]));
        }
    }

    private static ConjunctionPair Read(int number, double radiusKm)
    {
        double[][] rows = [.. ReferenceData.Lines($"pc/alfano2009/Case{number}_data_at_TCA_Sheet1.csv").Where(x => x.Length > 0 && (char.IsAsciiDigit(x[0]) || x[0] == '-'))
            .Select(x => (double[])[.. x.Split(',').Where(field => field.Length > 0).Select(Figure)])];
        var epoch = Testing.At("2009-01-01T00:00:00");
        return new ConjunctionPair(State(rows, 0), Covariance(rows, 2), State(rows, 8), Covariance(rows, 10), radiusKm);

        CartesianState State(double[][] from, int at) => new(epoch, Frame.Gcrf, 1e-3 * new Vector3d(from[at][0], from[at][1], from[at][2]), 1e-3 * new Vector3d(from[at + 1][0], from[at + 1][1], from[at + 1][2]));
    }

    private static Covariance6 Covariance(double[][] rows, int at)
    {
        double[] lower = new double[21];
        for (int row = 0, entry = 0; row < 6; row++)
        for (int column = 0; column <= row; column++, entry++) lower[entry] = 1e-6 * rows[at + row][column];
        return new Covariance6(lower);
    }

    private static double Figure(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
