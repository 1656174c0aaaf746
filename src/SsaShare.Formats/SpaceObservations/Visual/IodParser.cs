namespace SsaShare.Formats;

/// <summary>Takes visual observations in the IOD format (G. Lewis, 1998, clarified 2002), one a line of 80 columns.</summary>
internal sealed class IodParser(FormatReadOptions options, List<FormatItem<ObservationRecord>> items) : ObservationLineParser(options, items)
{
    public const int Columns = 80;
    public const string Behaviours = "EFIRSXBHPADMNV";
    public const string Conditions = "EGFPBTCO";
    private readonly List<FieldComplaint> _complaints = [], _carries = [];

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        if (IsComment(line, number)) return;
        var record = Parse(line);
        if (record is null)
        {
            Refuse(number, line, _complaints);
            return;
        }
        foreach (var carry in _carries) Notice(number, carry);
        Give(record, number);
    }

    /// <summary>Whether a line is such an observation.</summary>
    public bool IsObservation(ReadOnlySpan<byte> line) => Parse(line) is not null;

    private ObservationRecord? Parse(ReadOnlySpan<byte> line)
    {
        _complaints.Clear();
        _carries.Clear();
        Span<byte> padded = stackalloc byte[Columns];
        if (line.Length < 31 || !FixedCard.TryPad(line, padded))
        {
            _complaints.Add(new("line", 0, ReadIssue.Show(line), line.Length < 31 ? "too short for station and date" : $"longer than {Columns} columns", "send IOD lines: object, station and date in the first 31 of 80 columns"));
            return null;
        }
        var card = new FixedCard(padded, _complaints);
        foreach (int column in (ReadOnlySpan<int>)[6, 9, 16, 21, 23, 41, 44, 47, 62, 65, 71, 74]) card.Blank(column, column);
        var seen = Object(card);
        string? condition = card.OneOf("station status", 22, "EGFPBTCO"u8, "E, G, F, P, B or T for the sky, C clouded out, O observer not available");
        if (!VisualCodes.IsStation(card[17, 20])) card.Complain("station", 17, 20, "not a station number of four digits, or letters other than I and O", "write the station's number");
        if (seen.Tag is null && condition is not ("C" or "O")) card.Complain("object", 1, 15, "no object, though the station was available", "give its number or designation, or the station status C or O");
        var record = new ObservationRecord
        {
            Target = seen,
            Station = new ObservingStation(card.Text(17, 20), null, condition),
            Time = Time(card),
            Angles = Angles(card),
            Appearance = Appearance(card),
        };
        return _complaints.Count == 0 ? record : null;
    }

    private static ObservedObject Object(FixedCard card)
    {
        string? number = null, id = null;
        if (!card.IsBlank(1, 5) && card.Digits("object", 1, 5) is not null) number = card.Text(1, 5);
        if (!card.IsBlank(7, 15))
        {
            var letters = card[13, 15];
            int count = letters.IndexOfAnyExceptInRange((byte)'A', (byte)'Z');
            if (count < 0) count = 3;
            bool isDesignation = card[7, 8].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && card[10, 12].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
                && count > 0 && letters[count..].IndexOfAnyExcept((byte)' ') < 0;
            if (isDesignation) id = $"{CosparDesignation.Century(card[7, 8])}{card.Text(7, 8)}-{card.Text(10, 12)}{card.Text(13, 15)}";
            else card.Complain("designation", 7, 15, "not a year, a launch and a piece", "for example '98 067A'");
        }
        return new ObservedObject(number, id);
    }

    private static ObservationTime? Time(FixedCard card)
    {
        if (card.Digits("date", 24, 31) is not { } date) return null;
        long? digits = card.Leading("time", 32, 40, out int count);
        if (digits is null && count > 0) return null;
        var epoch = default(Epoch);
        string? wrong = VisualCodes.NanosecondOfDay(digits ?? 0, 9) is { } ns ? ObservationEpochs.At(date / 10_000, date / 100 % 100, date % 100, ns, out epoch) : "the day has no such time";
        if (wrong is not null)
        {
            card.Complain("epoch", 24, 40, wrong, "YYYYMMDDHHMMSSsss, UTC; digits may be missing at its end");
            return null;
        }
        return new ObservationTime(epoch, VisualCodes.StepS(count)) { SigmaS = Uncertainty(card, "time uncertainty", 42) };
    }

    private static double? Uncertainty(FixedCard card, string field, int at)
        => card.IsBlank(at, at + 1) || card.Digits(field, at, at + 1) is not { } code ? null : VisualCodes.Uncertainty(code / 10, code % 10);

    private AnglePair? Angles(FixedCard card)
    {
        if (card.IsBlank(45, 64)) return null;
        byte code = card[45, 45][0];
        if (code is < (byte)'1' or > (byte)'7')
        {
            card.Complain("position format", 45, 45, "not one of the codes", "1 to 7");
            return null;
        }
        byte epoch = card[46, 46][0];
        if (epoch is not ((byte)' ' or (>= (byte)'0' and <= (byte)'6'))) card.Complain("equinox", 46, 46, "not one of the codes", "0 of date, 1 1855, 2 1875, 3 1900, 4 1950, 5 2000, 6 2050");
        var form = (AngleForm)(code - '0');
        double? sigma = Uncertainty(card, "position uncertainty", 63);
        return VisualAngles.Read(card, form, 48, 7, 6, needsSign: true, Options.Mode == ReadMode.Lenient ? _carries : null) is not { } angles ? null
            : angles with { Equinox = VisualCodes.Equinox(epoch, Equinox.OfDate), SigmaDeg = sigma / AngleLayout.Second(form, 6).UncertaintyUnits };
    }

    private static Appearance? Appearance(FixedCard card)
    {
        if (card.IsBlank(66, 80)) return null;
        string? behaviour = card.OneOf("behaviour", 66, "EFIRSXBHPADMNV"u8, "one of " + Behaviours);
        double? magnitude = null;
        if (!card.IsBlank(67, 70))
        {
            byte sign = card[67, 67][0];
            if (sign is not ((byte)'+' or (byte)'-')) card.Complain("magnitude", 67, 67, "no sign", "write + or - before it");
            magnitude = card.Leading("magnitude", 68, 70, out _) / 10.0;
            if (magnitude is null && card.IsBlank(68, 70)) card.Complain("magnitude", 67, 70, "a sign without digits", "MMm");
            if (sign == (byte)'-' && magnitude != 0) magnitude = -magnitude;
        }
        double? sigma = card.Leading("magnitude uncertainty", 72, 73, out _) / 10.0;
        double? period = card.Placed("flash period", 75, 80, 3) / 1_000.0;
        return new Appearance(behaviour) { Magnitude = magnitude, MagnitudeSigma = sigma, PeriodS = period };
    }
}
