using System.Xml.Linq;
using SsaShare.Accuracy;

if (args is not [{ } page, { } when, .. { Length: > 0 } results])
{
    Console.Error.WriteLine("usage: accuracy PAGE WHEN RESULTS.xml...   (called by ./ssa accuracy)");
    return 2;
}
var measured = TestResults.Read(results.Select(XDocument.Load));
string before = File.ReadAllText(page), after = AccuracyPage.Rewrite(before, measured, when);
File.WriteAllText(page, after);
int missed = measured.Count(m => m.Line is { IsMissed: true }), plain = measured.Count(m => m.Line is null);
Console.WriteLine($"{measured.Count} figures of {measured.Select(m => m.Test).Distinct().Count()} tests, {missed} short of their aim, {plain} without parts; {page} {(before == after ? "stays as it was" : "is rewritten")}");
return 0;
