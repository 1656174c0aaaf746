using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// Takes reports of visual observations in R. D. Eberst's format: a line for all (site, month, accuracies, codes), a line for each day, a line for each
/// observation, and 999 at the end; more reports may follow.
/// </summary>
internal sealed class RdeParser(FormatReadOptions options, List<FormatItem<ObservationRecord>> items) : ObservationLineParser(options, items)
{
    private readonly List<FieldComplaint> _complaints = [], _carries = [];
    private Header? _header;
    private byte[] _headerLine = [], _dayLine = [];
    private int? _day;
    private bool _strayTold, _hadReport;

    /// <summary>What the first line of a report says for all its observations.</summary>
    private sealed record Header(string Station, int Year, int Month, double TimeSigmaS, string? Standard, AngleForm Form, double? SigmaDeg, Equinox Equinox);

    protected override (ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> After) Surroundings
        => _header is null ? default : ((byte[])[.. _headerLine, (byte)'\n', .. _dayLine, (byte)'\n'], "999\n"u8.ToArray());

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        if (IsComment(line, number)) return;
        if (line.SequenceEqual("999"u8)) EndReport(number);
        else if (_header is null) Begin(line, number);
        else if (line.Length <= 2) Day(line, number);
        else Observation(line, number);
    }

    protected override void End(long lines)
    {
        if (_header is not null) Refuse(lines, default, [new("report", 0, "", "no 999 at its end: it may be cut", "send the whole report; what came before is kept")]);
        else if (!_hadReport) Stop(lines, new("file", 0, "", "no report in this format", "it begins with site, month, accuracies and codes, for example '2420 0405 0.211 1204'"));
    }

    /// <summary>Whether a line is the first of a report.</summary>
    public bool IsHeader(ReadOnlySpan<byte> line)
    {
        _complaints.Clear();
        return Read(line) is not null;
    }

    private void EndReport(long number)
    {
        if (_header is null) Refuse(number, "999"u8, [new("report", 1, "999", "ends a report that was not begun", "a report begins with site, month, accuracies and codes")]);
        _header = null;
        _day = null;
    }

    private void Begin(ReadOnlySpan<byte> line, long number)
    {
        _complaints.Clear();
        _header = Read(line);
        if (_header is not null)
        {
            (_hadReport, _headerLine, _dayLine) = (true, line.ToArray(), []);
            return;
        }
        // Salutations stand before reports; something that looks like a header or an observation does not pass for one.
        bool looksLikeData = char.IsAsciiDigit((char)line[0]);
        if (looksLikeData) Refuse(number, line, _complaints);
        else if (!_strayTold) Notice(number, new("line", 1, ReadIssue.Show(line), "not part of a report", "text before a report is passed over"));
        _strayTold |= !looksLikeData;
    }

    private Header? Read(ReadOnlySpan<byte> line)
    {
        Span<byte> padded = stackalloc byte[20];
        if (line.Length != 20 || !FixedCard.TryPad(line, padded))
        {
            _complaints.Add(new("report", 1, ReadIssue.Show(line), "not the first line of a report", "site, month, accuracies and codes in 20 columns, for example '2420 0405 0.211 1204'"));
            return null;
        }
        var card = new FixedCard(padded, _complaints);
        foreach (int column in (ReadOnlySpan<int>)[5, 10, 16]) card.Blank(column, column);
        if (!VisualCodes.IsStation(card[1, 4])) card.Complain("station", 1, 4, "not a site number of four digits", "write the site's number");
        int? month = card.Digits("month", 6, 9), seconds = card.Digits("time accuracy", 11, 11), tenths = card.Digits("time accuracy", 13, 13);
        if (month % 100 is 0 or > 12) card.Complain("month", 6, 9, "the year has no such month", "YYMM");
        if (card[12, 12][0] != (byte)'.') card.Complain("time accuracy", 11, 13, "not of the form T.t", "for example 0.2");
        string? standard = card.OneOf("time standard", 14, "123"u8, "1 radio, 2 telephone, 3 broadcast pips");
        byte code = card[15, 15][0], epoch = card[20, 20][0];
        if (code is < (byte)'1' or > (byte)'3') card.Complain("position format", 15, 15, "not one of the codes of right ascension and declination", "1, 2 or 3");
        if (epoch is < (byte)'0' or > (byte)'6') card.Complain("equinox", 20, 20, "not one of the codes", "1 1855, 2 1875, 3 1900, 4 1950, 5 2000, 6 2050, 0 another that is told elsewhere");
        var form = (AngleForm)(code - '0');
        double? sigma = card.IsBlank(17, 19) ? null : card.Digits("position accuracy", 17, 19) / SigmaScale(form);
        if (_complaints.Count > 0) return null;
        return new Header(card.Text(1, 4)!, ObservationEpochs.Year(month!.Value / 100, Options.Now), month.Value % 100, (seconds!.Value * 10 + tenths!.Value) / 10.0, standard, form, sigma, VisualCodes.Equinox(epoch, Equinox.Other));
    }

    /// <summary>Units of a position accuracy in a degree: SSS, MMm or Ddd.</summary>
    internal static double SigmaScale(AngleForm form) => form switch { AngleForm.HmsDms => 3_600, AngleForm.HmDm => 600, _ => 100 };

    private void Day(ReadOnlySpan<byte> line, long number)
    {
        _day = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int day) && line.Length == 2 && day >= 1 && day <= DateTime.DaysInMonth(_header!.Year, _header.Month) ? day : null;
        if (_day is null) Refuse(number, line, [new("day", 1, ReadIssue.Show(line), "the month has no such day", "two digits")]);
        else _dayLine = line.ToArray();
    }

    private void Observation(ReadOnlySpan<byte> line, long number)
    {
        _complaints.Clear();
        _carries.Clear();
        var record = Parse(line);
        if (record is null || _complaints.Count > 0)
        {
            Refuse(number, line, _complaints);
            return;
        }
        foreach (var carry in _carries) Notice(number, carry);
        Give(record, number);
    }

    private ObservationRecord? Parse(ReadOnlySpan<byte> line)
    {
        Span<byte> padded = stackalloc byte[64];
        if (_day is not { } day || line.Length < 31 || !FixedCard.TryPad(line, padded))
        {
            _complaints.Add(new("line", 0, ReadIssue.Show(line), _day is null ? "no day before it" : "not an observation of 31 to 64 columns", "a day in two digits, then one line for each observation; 999 ends the report"));
            return null;
        }
        var card = new FixedCard(padded, _complaints);
        card.Blank(8, 8);
        card.Blank(18, 18);
        string? id = CosparDesignation.OfDigits(card[1, 7]);
        if (id is null) card.Complain("designation", 1, 7, "not a designation in seven digits", "year, launch and piece, for example 9806701");
        var header = _header!;
        var angles = VisualAngles.Read(card, header.Form, 19, 6, 6, needsSign: true, Options.Mode == ReadMode.Lenient ? _carries : null);
        return new ObservationRecord
        {
            Target = new ObservedObject(null, id),
            Station = new ObservingStation(header.Station),
            Time = Time(card, header, day),
            Angles = angles is null ? null : angles with { Equinox = header.Equinox, SigmaDeg = header.SigmaDeg },
            Appearance = Appearance(card),
        };
    }

    private static ObservationTime? Time(FixedCard card, Header header, int day)
    {
        if (card.Digits("time", 9, 14) is not { } clock) return null;
        if (card[15, 15][0] != (byte)'.' && !card.IsBlank(15, 17)) card.Complain("time", 9, 17, "not of the form HHMMSS.ss", "for example 205744.76");
        long? hundredths = card.Leading("time", 16, 17, out int count);
        var epoch = default(Epoch);
        string? wrong = VisualCodes.NanosecondOfDay(clock * 100L + (hundredths ?? 0), 8) is { } ns ? ObservationEpochs.At(header.Year, header.Month, day, ns, out epoch) : "the day has no such time";
        if (wrong is null) return new ObservationTime(epoch, VisualCodes.StepS(6 + count)) { SigmaS = header.TimeSigmaS, Standard = header.Standard };
        card.Complain("epoch", 9, 17, wrong, "HHMMSS.ss, UTC");
        return null;
    }

    /// <summary>Brightest and faintest magnitude, period and behaviour, between blanks.</summary>
    private static Appearance? Appearance(FixedCard card)
    {
        if (card.IsBlank(32, 64)) return null;
        card.Blank(32, 32);
        string[] words = Encoding.Latin1.GetString(card[33, 64]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 4)
        {
            card.Complain("appearance", 33, 64, "not two magnitudes, a period and a behaviour", "for example '4.0 5.8 3 R'");
            return null;
        }
        bool isInvisible = words[1] == "INV";
        double? faintest = isInvisible ? null : Number(card, "faintest magnitude", words[1]);
        double? period = Number(card, "flash period", words[2]);
        if (period < 0) card.Complain("flash period", 33, 64, "a period is not negative", "0 where there is none");
        if (words[3].Length != 1 || !UkParser.Behaviours.Contains(words[3][0], StringComparison.Ordinal)) card.Complain("behaviour", 33, 64, "not one of the codes", "one of " + UkParser.Behaviours);
        return new Appearance(words[3]) { Magnitude = Number(card, "brightest magnitude", words[0]), MagnitudeFaintest = faintest, IsInvisibleAtFaintest = isInvisible, PeriodS = period == 0 ? null : period };
    }

    private static double? Number(FixedCard card, string field, string word)
    {
        if (double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)) return value;
        card.Complain(field, 33, 64, "not a number", "decimals with a point");
        return null;
    }
}
