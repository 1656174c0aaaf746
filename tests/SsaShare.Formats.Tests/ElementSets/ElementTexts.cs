using System.Globalization;

namespace SsaShare.Formats.Tests;

/// <summary>Makes texts and values for the tests of element sets.</summary>
internal static class ElementTexts
{
    /// <summary>Lines of 69 columns with the last made right.</summary>
    public static string WithChecksums(string lines) => string.Concat(lines.Split('\n').Select(line => line.Length < 69 ? line : WithChecksum(line) + "\n"));

    /// <summary>With no more decimals than the columns of an element set have.</summary>
    public static MeanElements Random(Random random) => new()
    {
        ObjectId = random.Next(4) == 0 ? null : $"{random.Next(1957, 2057)}-{random.Next(1, 1_000):000}{(random.Next(9) == 0 ? "" : "ABZ"[..random.Next(1, 4)])}",
        NoradCatId = random.Next((int)CatalogNumber.Alpha5Max + 1),
        ClassificationType = random.Next(9) == 0 ? null : "UCS"[random.Next(3)],
        Epoch = new ElementEpoch(new DateOnly(random.Next(1957, 2057), 1, 1).AddDays(random.Next(365)), random.NextInt64(100_000_000) * 864_000),
        MeanMotionRevPerDay = Scaled(random.NextInt64(1, 10_000_000_000), -8),
        Eccentricity = Scaled(random.Next(10_000_000), -7),
        InclinationDeg = Scaled(random.Next(1_800_001), -4),
        RightAscensionOfNodeDeg = Scaled(random.Next(3_600_001), -4),
        ArgumentOfPericenterDeg = Scaled(random.Next(3_600_001), -4),
        MeanAnomalyDeg = Scaled(random.Next(3_600_001), -4),
        EphemerisType = random.Next(5) switch { 0 => null, 1 => 2, _ => 0 },
        ElementSetNumber = random.Next(5) == 0 ? null : random.Next(10_000),
        RevolutionAtEpoch = random.Next(5) == 0 ? null : random.Next(100_000),
        BStarPerEarthRadii = random.Next(9) == 0 ? null : Scaled(random.Next(-99_999, 100_000), random.Next(-14, 5)),
        MeanMotionDotRevPerDay2 = random.Next(9) == 0 ? null : Scaled(random.Next(-99_999_999, 100_000_000), -8),
        MeanMotionDDotRevPerDay3 = random.Next(9) == 0 ? null : Scaled(random.Next(-99_999, 100_000), random.Next(-14, 5)),
    };

    private static double Scaled(long number, int power) => double.Parse($"{number}e{power}", CultureInfo.InvariantCulture);

    private static string WithChecksum(string line) => line[..68] + line[..68].Sum(c => char.IsAsciiDigit(c) ? c - '0' : c == '-' ? 1 : 0) % 10;
}
