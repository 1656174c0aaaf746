using System.Globalization;
using System.Text.Json;
using SsaShare.Protocol.Catalog.V1;

namespace SsaShare.Cli;

/// <summary>Known objects of the seeds, to say by its orbit what a fused object is; the tags in the observations say nothing reliable.</summary>
internal static class DemoObjects
{
    private const double EarthMuKm3PerS2 = 398_600.4418;
    private const double InclinationWithinDeg = 0.1, SemiMajorAxisWithinKm = 40;
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>One sentence: which known object has such an orbit, and by how much inclination and size differ.</summary>
    public static string Identify(DemoFolder folder, CatalogObject one)
    {
        if (one.Estimate?.Elements is not { } elements) return "an object without an orbit yet";
        var known = JsonSerializer.Deserialize<List<KnownObject>>(File.ReadAllBytes(Path.Combine(folder.Seeds, "objects", "objects.json")), Options) ?? [];
        double inclinationDeg = elements.InclinationRad * 180 / Math.PI;
        var alike = known.Where(two => Math.Abs(two.InclinationDeg - inclinationDeg) < InclinationWithinDeg && Math.Abs(two.SemiMajorAxisKm - elements.SemiMajorAxisKm) < SemiMajorAxisWithinKm).ToList();
        return alike switch
        {
            [] => "an object that the seeds do not know",
            [var match] => string.Create(CultureInfo.InvariantCulture,
                $"{match.Name}, NORAD {match.NoradId}, by its orbit: inclination {inclinationDeg:0.000} deg against {match.InclinationDeg:0.000}, semi-major axis {elements.SemiMajorAxisKm:0} km against {match.SemiMajorAxisKm:0} km"),
            _ => $"{string.Join(" or ", alike.Select(match => match.Name))}: inclination and size do not tell",
        };
    }

    private sealed record KnownObject(int NoradId, string Name, double InclinationDeg, double RevolutionsPerDay, string Source)
    {
        public double SemiMajorAxisKm => Math.Cbrt(EarthMuKm3PerS2 * Math.Pow(86_400 / (RevolutionsPerDay * Math.Tau), 2));
    }
}
