using System.Diagnostics.CodeAnalysis;

namespace SsaShare.Agreements;

/// <summary>A nation that owns objects: an assigned two-letter code of ISO 3166-1, upper case.</summary>
public readonly record struct NationCode
{
    // ISO 3166-1 alpha-2, officially assigned codes.
    private const string Assigned =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
        "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
        "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
        "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ " +
        "NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
        "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
        "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

    private readonly string? _value;

    private NationCode(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A default NationCode names no nation.");

    internal static IEnumerable<string> Known => Assigned.Split(' ');

    public static bool TryParse([NotNullWhen(true)] string? text, out NationCode code)
    {
        bool ok = text is { Length: 2 } && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && Assigned.Contains(text, StringComparison.Ordinal);
        code = ok ? new NationCode(text!) : default;
        return ok;
    }

    public override string ToString() => _value ?? "(none)";
}
