using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

/// <summary>What docs/agreements.md says is what the program decides: each example is read, each row of its table decided.</summary>
public sealed partial class AgreementsPageTests
{
    private static readonly (Purposes Purpose, string Word)[] Uses =
        [(Purposes.SafetyOfFlight, "safety_of_flight"), (Purposes.Fusion, "fusion"), (Purposes.Research, "research"), (Purposes.Enforcement, "enforcement")];

    [Fact]
    public void Page_HasAnExampleForEachWordOfAClause()
    {
        string yaml = string.Join('\n', AgreementsPage.Read().Select(example => example.Yaml));
        string[] words = [.. new[] { typeof(Grant), typeof(Prohibition) }.SelectMany(clause => clause.GetProperties()).Where(property => property.SetMethod is not null)
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)).Distinct()];
        Assert.Contains("record_classes", words);
        Assert.DoesNotContain(words, word => !yaml.Contains($"{word}:", StringComparison.Ordinal));
    }

    [Fact]
    public void Examples_Each_DecideAsTheirTableSays()
    {
        var examples = AgreementsPage.Read().Where(example => !example.IsRefused).ToList();
        Assert.All(examples, example => Assert.NotEmpty(example.Rows));
        var wrong = examples.SelectMany(example => example.Rows, (example, row) => (row, Got: Decide(Fixed(example), row)))
            .Where(pair => pair.Got != pair.row.Then).Select(pair => $"line {pair.row.Line}: {pair.row.From} to {pair.row.To}, {pair.row.Record}: the page says '{pair.row.Then}', the program '{pair.Got}'");
        Assert.Equal("", string.Join('\n', wrong));
    }

    [Fact]
    public void RefusedExamples_Each_AreRefusedInThoseWords()
        => Assert.All(AgreementsPage.Read().Where(example => example.IsRefused), example =>
        {
            var result = AgreementDraft.ReadYaml(System.Text.Encoding.UTF8.GetBytes(Document(example.Yaml)));
            Assert.True(result.Value is null, $"{example} is not refused.");
            Assert.Contains(result.Issues, issue => issue.Message.Contains(example.Refusal!, StringComparison.Ordinal));
        });

    private static Agreement Fixed(PageExample example) => Agreement.Fix(Draft(Document(example.Yaml)), Card);

    /// <summary>An example shows what it is about; what every document needs is added.</summary>
    private static string Document(string yaml)
    {
        string head = "kind: ssashare/agreement/v1\ntitle: An example\nvalid_from: 2026-01-01T00:00:00Z\nvalid_until: 2036-01-01T00:00:00Z\n";
        if (!yaml.Contains("parties:", StringComparison.Ordinal)) head += "parties: [pacific, atlantic, caribbean, fusion]\n";
        if (!yaml.StartsWith("data_modes:", StringComparison.Ordinal)) head += "data_modes: [REAL]\n";
        return head + yaml;
    }

    private static string Decide(Agreement agreement, PageRow row)
    {
        var (facts, state, now, age) = ReadRecord(row);
        var provider = PartnerId.Parse(row.From);
        if (Onward().Match(row.To) is { Success: true } onward)
        {
            var may = ReleasePolicy.DecideOnward(facts, ReleaseForm.Full, agreement, state, provider, PartnerId.Parse(onward.Groups[1].Value), PartnerId.Parse(onward.Groups[2].Value), now);
            return may.IsAllowed ? $"allowed by {may.Clause}, {may.HopsMax} hop{(may.HopsMax == 1 ? "" : "s")}" : $"withheld: {may.Reason}";
        }
        if (Derived().Match(row.To) is { Success: true } derived)
            return Words([ReleasePolicy.DecideDerived(facts, ReleaseForm.Full, agreement, state, provider, PartnerId.Parse(derived.Groups[1].Value), PartnerId.Parse(derived.Groups[2].Value), now)], Purposes.Fusion);
        return Words([.. agreement.Forms.Select(form => ReleasePolicy.Decide(facts, form, agreement, state, provider, PartnerId.Parse(row.To), now, age))], Purposes.Any);
    }

    private static string Words(IReadOnlyList<ReleaseDecision> forms, Purposes whole)
    {
        var released = forms.Where(decision => decision.IsReleased).Select(decision => (decision.Form.IsFull ? "released" : $"degraded to {decision.Form.Profile}") + $" by {decision.Clause}"
            + (decision.Purposes == whole ? "" : $" for {string.Join(", ", Uses.Where(use => decision.Purposes.HasFlag(use.Purpose)).Select(use => use.Word))}")
            + (decision.Retention is { } kept ? $", kept {kept.TotalDays.ToString(CultureInfo.InvariantCulture)}d" : "")).ToList();
        if (released.Count > 0) return string.Join(" and ", released);
        var no = forms.FirstOrDefault(decision => decision.Reason != WithholdReason.NotGranted, forms[0]);
        if (no.DueAfter is { } due) return $"withheld: {no.Reason}, due {due.TotalDays.ToString(CultureInfo.InvariantCulture)}d after publication";
        return no.Clause is { } clause ? $"withheld by {clause}: {no.Reason}" : $"withheld: {no.Reason}";
    }

    private static (RecordFacts Facts, AgreementState State, Epoch Now, TimeSpan Age) ReadRecord(PageRow row)
    {
        string[] words = row.Record.Split(", ");
        var facts = Observation(recordClass: Enum.Parse<RecordClass>(words[0].Replace("_", "", StringComparison.Ordinal), ignoreCase: true));
        var (state, now, age) = (AgreementState.Active, Now, TimeSpan.MaxValue);
        foreach (string word in words.Skip(1))
            switch (word.Split(' '))
            {
                case ["by", { } originator]: facts = facts with { Originator = PartnerId.Parse(originator) }; break;
                case ["object", { } tag]: facts = facts with { Objects = tag }; break;
                case ["objects", { } first, "and", { } second]: facts = facts with { Objects = ObjectTags.Of([Known(first), Known(second)]) }; break;
                case ["unwitnessed"]: state = AgreementState.Unwitnessed; break;
                case ["untagged"]: facts = facts with { Objects = default }; break;
                case ["sensor", { } sensor]: facts = facts with { Sensor = SensorId.Parse(sensor) }; break;
                case ["no", "sensor"]: facts = facts with { Sensor = null }; break;
                case ["regime", { } regime]: facts = facts with { Regime = Enum.Parse<OrbitalRegime>(regime, ignoreCase: true) }; break;
                case ["of", { } epoch]: facts = facts with { Epoch = At(epoch) }; break;
                case ["at", { } time]: now = At(time); break;
                case ["published", { } since, "ago"]: age = Age(since); break;
                case [{ } mode] when Enum.TryParse<DataMode>(mode, ignoreCase: true, out var value): facts = facts with { Label = facts.Label with { Mode = value } }; break;
                case [{ } level] when Enum.TryParse<HandlingLevel>(level.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value): facts = facts with { Label = facts.Label with { Level = value } }; break;
                default: throw new FormatException($"docs/agreements.md, line {row.Line}: '{word}' describes no record.");
            }
        return (facts, state, now, age);
    }

    private static string[] Known(string tag) => tag == "unknown" ? [] : [tag];

    private static TimeSpan Age(string text)
    {
        var parts = Duration().Match(text);
        int number = int.Parse(parts.Groups[1].Value, CultureInfo.InvariantCulture);
        return parts.Groups[2].Value switch { "s" => TimeSpan.FromSeconds(number), "min" => TimeSpan.FromMinutes(number), "h" => TimeSpan.FromHours(number), _ => TimeSpan.FromDays(number) };
    }

    [GeneratedRegex("^(\\S+) on to (\\S+)$")]
    private static partial Regex Onward();

    [GeneratedRegex("^(\\S+) for (\\S+)$")]
    private static partial Regex Derived();

    [GeneratedRegex("^(\\d+)(s|min|h|d)$")]
    private static partial Regex Duration();
}
