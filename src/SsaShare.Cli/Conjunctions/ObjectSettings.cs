using System.Globalization;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>What its operator says of one object; what is not said is null.</summary>
internal sealed record ObjectSettings(int Line, string Id, double? RadiusM, ScreeningVolume? Volume, bool? IsManeuverable, string? Name, string? Operator, string? ObjectType, double? MassKg, double? AreaM2);

/// <summary>A table of objects: CSV with a heading, one line for each object.</summary>
internal static class ObjectSettingsFile
{
    private const string SphereColumn = "sphere_km";
    private static readonly string[] Box = ["radial_km", "transverse_km", "normal_km"];
    /// <summary>As conjunction messages say it: CCSDS 508.0-B-1, table 3-3, and its registry.</summary>
    private static readonly string[] Types = ["PAYLOAD", "ROCKET BODY", "UPPER STAGE", "DEBRIS", "UNKNOWN", "OTHER"];

    private static readonly string[] Columns = ["id", "radius_m", SphereColumn, .. Box, "maneuverable", "name", "operator", "object_type", "mass_kg", "area_m2"];

    /// <summary>For the help.</summary>
    public const string Description = "CSV with the heading id,radius_m,sphere_km,radial_km,transverse_km,normal_km,maneuverable,name,operator,object_type,mass_kg,area_m2, or some of it: what is known of single objects. id is the catalogue number, the international designator or the operator's name; radius_m that of a sphere that holds it; sphere_km, or the three sizes of a box, the volume around it in place of the common one.";

    /// <exception cref="InvalidDataException">A line is wrong; the message names line, field and remedy.</exception>
    public static IReadOnlyList<ObjectSettings> Read(string path)
    {
        string[] lines = File.ReadAllLines(path), heading = lines.Length == 0 ? [] : Cells(lines[0]);
        if (!heading.Contains("id")) throw Wrong(path, 1, "id", "", "no such column", $"begin with a heading out of {string.Join(',', Columns)}");
        foreach (string column in heading)
            if (!Columns.Contains(column)) throw Wrong(path, 1, column, "", "no such column is read", $"take some of {string.Join(',', Columns)}");
        if (heading.Distinct().Count() != heading.Length) throw Wrong(path, 1, "heading", "", "names a column twice", "give each once");
        var found = new List<ObjectSettings>();
        var ids = new HashSet<string>();
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length == 0) continue;
            var row = new Row(path, i + 1, heading, Cells(lines[i]));
            var one = row.Settings();
            if (!ids.Add(one.Id)) throw Wrong(path, i + 1, "id", one.Id, "stands in an earlier line", "give each object one line");
            found.Add(one);
        }
        return found;
    }

    private static string[] Cells(string line) => [.. line.TrimStart('\uFEFF').Split(',').Select(cell => cell.Trim().Trim('"').Trim())];

    private static InvalidDataException Wrong(string path, int line, string field, string value, string reason, string remedy)
        => new($"{path}:{line}: {field}: {(value.Length > 0 ? $"{value}: " : "")}{reason}; {remedy}");

    private sealed class Row(string path, int line, string[] heading, string[] cells)
    {
        public ObjectSettings Settings()
        {
            if (cells.Length != heading.Length) throw Wrong(path, line, "line", "", $"has {cells.Length} fields, its heading {heading.Length}", "give as many; a comma within a name is not read");
            string id = Text("id") ?? throw Wrong(path, line, "id", "", "is empty", "name the object");
            return new ObjectSettings(line, id, Positive("radius_m", 1_000), Volume(), YesOrNo("maneuverable"), Text("name"), Text("operator"), ObjectType(), Positive("mass_kg", 1e7), Positive("area_m2", 1e7));
        }

        private string? Text(string column) => Array.IndexOf(heading, column) is >= 0 and var at && cells[at].Length > 0 ? cells[at] : null;

        private double? Positive(string column, double most)
        {
            if (Text(column) is not { } text) return null;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && value <= most
                ? value : throw Wrong(path, line, column, text, "not a number in its range", FormattableString.Invariant($"give one above 0 and up to {most}"));
        }

        private string? ObjectType()
        {
            if (Text("object_type") is not { } text) return null;
            return Array.Find(Types, type => type.Equals(text, StringComparison.OrdinalIgnoreCase)) ?? throw Wrong(path, line, "object_type", text, "no such type", $"give one of {string.Join(", ", Types)}");
        }

        private bool? YesOrNo(string column) => Text(column)?.ToUpperInvariant() switch
        {
            null or "N/A" => null,
            "YES" or "Y" or "TRUE" => true,
            "NO" or "N" or "FALSE" => false,
            var other => throw Wrong(path, line, column, other, "neither YES nor NO", "give YES, NO or N/A"),
        };

        private ScreeningVolume? Volume()
        {
            double? sphere = Positive(SphereColumn, ScreeningVolume.LargestKm);
            double?[] sizes = [.. Box.Select(column => Positive(column, ScreeningVolume.LargestKm))];
            if (sizes.All(size => size is null)) return sphere is { } radius ? ScreeningVolume.Sphere(radius) : null;
            if (sphere is not null) throw Wrong(path, line, SphereColumn, "", "stands beside the sizes of a box", "give one of both");
            if (sizes.Any(size => size is null)) throw Wrong(path, line, string.Join(',', Box), "", "not all three are given", "give all");
            if (sizes.Sum(size => size!.Value * size.Value) > ScreeningVolume.LargestKm * ScreeningVolume.LargestKm)
                throw Wrong(path, line, string.Join(',', Box), "", "the box has corners too far out", FormattableString.Invariant($"keep them within {ScreeningVolume.LargestKm} km"));
            return ScreeningVolume.Box(sizes[0]!.Value, sizes[1]!.Value, sizes[2]!.Value);
        }
    }
}
