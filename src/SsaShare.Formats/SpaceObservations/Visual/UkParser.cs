namespace SsaShare.Formats;

/// <summary>Takes visual observations in the United Kingdom's format (The Reporting of Satellite Observations, 1973), one a line of 80 columns.</summary>
internal sealed class UkParser(FormatReadOptions options, List<FormatItem<ObservationRecord>> items) : ObservationLineParser(options, items)
{
    public const int Columns = 80;
    public const string Behaviours = "SIRFXE";
    private readonly List<FieldComplaint> _complaints = [], _carries = [];

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        // 999 ends a report; another may follow.
        if (IsComment(line, number) || line.SequenceEqual("999"u8)) return;
        var record = Parse(line);
        if (record is null)
        {
            Refuse(number, line, _complaints);
            return;
        }
        foreach (var carry in _carries) Notice(number, carry);
        if (record.Extra.Count > 0) Notice(number, new("range", 56, ReadIssue.Show(line[55..Math.Min(68, line.Length)]), "the format's description does not say the unit of ranges; kept as written", "give ranges in another format"));
        Give(record, number);
    }

    /// <summary>Whether a line is such an observation.</summary>
    public bool IsObservation(ReadOnlySpan<byte> line) => Parse(line) is not null;

    /// <summary>The kind of angles that a position format code stands for, and whether refraction was taken out.</summary>
    internal static (AngleForm Form, bool? IsRefractionCorrected) FormOf(int code) => code switch { <= 3 => ((AngleForm)code, null), <= 6 => ((AngleForm)code, true), _ => ((AngleForm)(code - 3), false) };

    private ObservationRecord? Parse(ReadOnlySpan<byte> line)
    {
        _complaints.Clear();
        _carries.Clear();
        Span<byte> padded = stackalloc byte[Columns];
        if (line.Length < 50 || !FixedCard.TryPad(line, padded))
        {
            _complaints.Add(new("line", 0, ReadIssue.Show(line), line.Length < 50 ? "too short for object, site, time and position" : $"longer than {Columns} columns", "send lines of the United Kingdom's format, of 80 columns"));
            return null;
        }
        var card = new FixedCard(padded, _complaints);
        string? id = CosparDesignation.OfDigits(card[1, 7]);
        if (id is null) card.Complain("designation", 1, 7, "not a designation in seven digits", "year, launch and piece, for example 9806701");
        if (!VisualCodes.IsStation(card[8, 11])) card.Complain("station", 8, 11, "not a site number of four digits, or letters other than I and O", "write the site's number");
        var record = new ObservationRecord
        {
            Target = new ObservedObject(null, id),
            Station = new ObservingStation(card.Text(8, 11)),
            Time = Time(card),
            Angles = Angles(card),
            Appearance = Appearance(card),
            Extra = Range(card),
        };
        return _complaints.Count == 0 ? record : null;
    }

    private ObservationTime? Time(FixedCard card)
    {
        int? date = card.Digits("date", 12, 17);
        long? digits = card.Leading("time", 18, 27, out int count);
        if (date is not { } d || (digits is null && count > 0)) return null;
        if (count < 2) card.Complain("time", 18, 27, "no hours", "HHMMSSssss");
        var epoch = default(Epoch);
        string? wrong = VisualCodes.NanosecondOfDay(digits ?? 0, 10) is { } ns ? ObservationEpochs.At(ObservationEpochs.Year(d / 10_000, Options.Now), d / 100 % 100, d % 100, ns, out epoch) : "the day has no such time";
        if (wrong is not null)
        {
            card.Complain("epoch", 12, 27, wrong, "YYMMDDHHMMSSssss, UTC; digits may be missing at its end");
            return null;
        }
        double? sigma = card.Leading("time accuracy", 28, 32, out _) / 10_000.0;
        return new ObservationTime(epoch, VisualCodes.StepS(count)) { SigmaS = sigma, Standard = card.OneOf("time standard", 33, "123"u8, "1 radio, 2 telephone, 3 broadcast pips") };
    }

    private AnglePair? Angles(FixedCard card)
    {
        byte code = card[34, 34][0];
        if (code is < (byte)'1' or > (byte)'9')
        {
            card.Complain("position format", 34, 34, "not one of the codes", "1 to 9");
            return null;
        }
        var (form, isCorrected) = FormOf(code - '0');
        byte epoch = card[55, 55][0];
        if (epoch is not ((byte)' ' or (>= (byte)'0' and <= (byte)'6'))) card.Complain("equinox", 55, 55, "not one of the codes", "1 1855, 2 1875, 3 1900, 4 1950, 5 2000, 6 2050, 0 another that is told elsewhere");
        int whole = Whole(form);
        double? sigma = card.Placed("position accuracy", 51, 54, Math.Max(whole, 2)) / (Math.Pow(10, 4 - whole) * AngleLayout.Second(form, 7).UncertaintyUnits);
        return VisualAngles.Read(card, form, 35, 8, 7, needsSign: (int)form <= 3, Options.Mode == ReadMode.Lenient ? _carries : null) is not { } angles ? null
            : angles with { Equinox = VisualCodes.Equinox(epoch, Equinox.Other), SigmaDeg = sigma, IsRefractionCorrected = isCorrected };
    }

    /// <summary>Columns before the point of a position accuracy: SSSs, MMmm or Dddd.</summary>
    internal static int Whole(AngleForm form) => AngleLayout.Second(form, 7).Sixties switch { 0 => 1, 1 => 2, _ => 3 };

    private static Appearance? Appearance(FixedCard card)
    {
        if (card.IsBlank(69, 80)) return null;
        bool isInvisible = card[72, 74].SequenceEqual("INV"u8);
        long? period = card.Placed("flash period", 75, 79, 3);
        if (period == 0) card.Complain("flash period", 75, 79, "a period is longer than nothing", "leave it blank");
        return new Appearance(card.OneOf("behaviour", 80, "SIRFXE"u8, "one of " + Behaviours))
        {
            Magnitude = Magnitude(card, "brightest magnitude", 69),
            MagnitudeFaintest = isInvisible ? null : Magnitude(card, "faintest magnitude", 72),
            IsInvisibleAtFaintest = isInvisible,
            PeriodS = period / 100.0,
        };
    }

    /// <summary>A sign or a blank and Mm, or Mmm without a sign.</summary>
    private static double? Magnitude(FixedCard card, string field, int at)
    {
        if (card.IsBlank(at, at + 2)) return null;
        byte sign = card[at, at][0];
        if (char.IsAsciiDigit((char)sign)) return card.Leading(field, at, at + 2, out _) / 100.0;
        if (sign is not ((byte)' ' or (byte)'+' or (byte)'-') || card[at + 1, at + 1][0] == (byte)' ')
        {
            card.Complain(field, at, at + 2, "not a magnitude", "a sign and two digits Mm, or three digits Mmm");
            return null;
        }
        double? magnitude = card.Leading(field, at + 1, at + 2, out _) / 10.0;
        return sign == (byte)'-' && magnitude != 0 ? -magnitude : magnitude;
    }

    /// <summary>Of radars; the description does not say in which unit.</summary>
    private static KeyedFields Range(FixedCard card)
    {
        if (card.IsBlank(56, 68)) return KeyedFields.None;
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var (name, first, last) in (ReadOnlySpan<(string, int, int)>)[("uk_range", 56, 63), ("uk_range_accuracy", 64, 68)])
        {
            if (card.Text(first, last) is not { } text) continue;
            if (text.All(char.IsAsciiDigit)) fields.Add(new(name, System.Text.Encoding.ASCII.GetString(card[first, last])));
            else card.Complain("range", first, last, "not digits", "leave it blank; remarks have no place in the line");
        }
        return new KeyedFields(fields);
    }
}
