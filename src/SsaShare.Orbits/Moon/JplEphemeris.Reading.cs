using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SsaShare.Orbits;

public sealed partial class JplEphemeris
{
    private const int TitleBytes = 252, NameBytes = 6, FirstNames = 400, MostNames = 3_000, HeaderBytes = 2_856;

    /// <summary>Reads the binary form that JPL publishes (lnxp*.4xx and the like), of either byte order.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">Of the file, for error messages.</param>
    /// <param name="ephemeris">Null where the file is none.</param>
    /// <param name="fault">What is wrong, with the place in bytes; null where nothing is.</param>
    /// <remarks>Total: no bytes make it throw; memory is the file's own size.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> file, string name, [NotNullWhen(true)] out JplEphemeris? ephemeris, [NotNullWhen(false)] out FileFault? fault)
    {
        ephemeris = null;
        if (!TryReadHeader(file, name, out var layout, out fault)) return false;
        int recordBytes = layout.RecordDoubles * sizeof(double);
        var (constants, records) = (new Dictionary<string, double>(StringComparer.Ordinal), file.Length / recordBytes - 2);
        if (records < 1)
        {
            fault = new FileFault(name, 0, "records", $"the file has {file.Length} bytes, but header, constants and one record of coefficients are {3 * recordBytes}", "fetch the file again");
            return false;
        }
        for (int i = 0; i < layout.Constants; i++)
        {
            int at = i < FirstNames ? TitleBytes + i * NameBytes : HeaderBytes + (i - FirstNames) * NameBytes;
            constants[Encoding.Latin1.GetString(file.Slice(at, NameBytes)).Trim()] = Double(file, recordBytes + i * sizeof(double), layout.IsBigEndian);
        }
        double[] coefficients = new double[records * layout.RecordDoubles];
        for (int i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = Double(file, 2 * recordBytes + i * sizeof(double), layout.IsBigEndian);
            if (double.IsFinite(coefficients[i])) continue;
            fault = new FileFault(name, 0, $"coefficient {i % layout.RecordDoubles} of record {i / layout.RecordDoubles}", "it is not a finite number", "fetch the file again");
            return false;
        }
        for (int record = 0; record < records; record++)
        {
            double from = coefficients[record * layout.RecordDoubles], to = coefficients[record * layout.RecordDoubles + 1];
            double expected = record == 0 ? from : coefficients[1] + (record - 1) * layout.DaysPerRecord;
            if (from == expected && to - from == layout.DaysPerRecord && Math.Abs(from) < 1e8) continue;
            fault = new FileFault(name, 0, $"dates of record {record}", $"expected {layout.DaysPerRecord} days that follow the record before, got {from:R} to {to:R}", "fetch the file again");
            return false;
        }
        ephemeris = new JplEphemeris(layout, coefficients, constants);
        return true;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> file, string name, [NotNullWhen(true)] out Layout? layout, [NotNullWhen(false)] out FileFault? fault)
    {
        (layout, fault) = (null, null);
        FileFault no(string field, string problem) => new(name, 0, field, problem, "give the binary form of a JPL ephemeris, for example lnxp1900p2053.430");
        if (file.Length < HeaderBytes) { fault = no("header", $"{file.Length} bytes are too few"); return false; }
        int count = Integer(file, 2_676, false);
        bool isBigEndian = count is < 1 or > MostNames;
        if (isBigEndian) count = Integer(file, 2_676, true);
        if (count is < 1 or > MostNames) { fault = no("NCON at byte 2676", "the number of constants makes no sense in either byte order"); return false; }
        double days = Double(file, 2_668, isBigEndian), au = Double(file, 2_680, isBigEndian), ratio = Double(file, 2_688, isBigEndian);
        if (!(days >= 1 && days <= 1_000)) { fault = no("SS at byte 2668", "a record is said to cover no sensible number of days"); return false; }
        if (!(au > 1.49e8 && au < 1.50e8)) { fault = no("AU at byte 2680", "expected kilometres"); return false; }
        if (!(ratio > 81 && ratio < 82)) { fault = no("EMRAT at byte 2688", "expected the mass of the Earth by that of the Moon"); return false; }
        var series = new SeriesLayout[Layout.SeriesCount];
        int end = 2, number = Integer(file, 2_840, isBigEndian);
        for (int i = 0; i < series.Length; i++)
        {
            // Twelve stand together; the libration follows behind the number of the ephemeris.
            int at = i < 12 ? 2_696 + i * 12 : 2_844;
            int offset = Integer(file, at, isBigEndian), terms = Integer(file, at + 4, isBigEndian), sets = Integer(file, at + 8, isBigEndian);
            if (terms == 0 || sets == 0) continue;
            int components = i == Layout.Nutation ? 2 : 3;
            if (offset is < 3 or > 20_000 || terms is < 2 or > 40 || sets is < 1 or > 64) { fault = no($"series {i + 1} at byte {at}", $"offset {offset}, {terms} coefficients and {sets} intervals make no sense"); return false; }
            series[i] = new SeriesLayout(offset - 1, terms, sets);
            end = Math.Max(end, offset - 1 + terms * sets * components);
        }
        if (series[(int)CelestialBody.Moon].Sets == 0 || series[(int)CelestialBody.EarthMoonBarycenter].Sets == 0) { fault = no("series", "the Moon or the barycentre of Earth and Moon is missing"); return false; }
        // Newer files have series behind the libration, and names beyond the four hundredth shift where their pointers stand.
        int behind = HeaderBytes + Math.Max(0, count - FirstNames) * NameBytes;
        for (int i = 0; i < 2 && behind + 12 * (i + 1) <= file.Length; i++)
        {
            int offset = Integer(file, behind + 12 * i, isBigEndian), terms = Integer(file, behind + 12 * i + 4, isBigEndian), sets = Integer(file, behind + 12 * i + 8, isBigEndian);
            if (offset > end && offset <= 20_000 && terms is > 1 and <= 40 && sets is > 0 and <= 64) end = offset - 1 + terms * sets * (i == 0 ? 3 : 1);
        }
        if (file.Length < end * sizeof(double) * 2 || end * sizeof(double) < behind || end < count) { fault = no("header", $"{file.Length} bytes are too few for header and constants"); return false; }
        layout = new Layout(number, isBigEndian, count, days, au, ratio, end, series);
        return true;
    }

    private static int Integer(ReadOnlySpan<byte> file, int at, bool isBigEndian)
        => isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(file[at..]) : BinaryPrimitives.ReadInt32LittleEndian(file[at..]);

    private static double Double(ReadOnlySpan<byte> file, int at, bool isBigEndian)
        => isBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(file[at..]) : BinaryPrimitives.ReadDoubleLittleEndian(file[at..]);

    /// <summary>Where the coefficients of one series lie in a record; offset in doubles, from 0.</summary>
    private readonly record struct SeriesLayout(int Offset, int Terms, int Sets);

    private sealed record Layout(int Number, bool IsBigEndian, int Constants, double DaysPerRecord, double AstronomicalUnitKm, double EarthMoonMassRatio, int RecordDoubles, SeriesLayout[] Series)
    {
        public const int SeriesCount = 13, Nutation = 11, Libration = 12;
    }
}
