using System.Text;

namespace SsaShare.Formats;

/// <summary>Blanks in texts of XML and JSON.</summary>
internal static class NdmText
{
    /// <summary>One blank for each stretch of blanks and line ends, none at the ends.</summary>
    public static string Collapsed(StringBuilder text) => Put(text, onlyLineEnds: false);

    /// <summary>One line: a blank for each stretch of blanks in which a line ends; other blanks stay.</summary>
    public static string Joined(StringBuilder text) => Put(text, onlyLineEnds: true);

    private static string Put(StringBuilder text, bool onlyLineEnds)
    {
        int end = text.Length, start = 0;
        while (end > 0 && IsBlank(text[end - 1])) end--;
        while (start < end && IsBlank(text[start])) start++;
        bool isClean = true;
        for (int i = start; i < end && isClean; i++)
            isClean = !IsBlank(text[i]) || (text[i] == ' ' && (onlyLineEnds || text[i - 1] != ' '));
        if (isClean) return text.ToString(start, end - start);
        var put = new StringBuilder(end - start);
        for (int i = start; i < end; i++)
        {
            if (!IsBlank(text[i]))
            {
                put.Append(text[i]);
                continue;
            }
            int first = i;
            bool hasLineEnd = false;
            for (; i < end && IsBlank(text[i]); i++) hasLineEnd |= text[i] is '\n' or '\r';
            i--;
            if (hasLineEnd || !onlyLineEnds) put.Append(' ');
            else put.Append(text.ToString(first, i - first + 1).Replace('\t', ' '));
        }
        return put.ToString();
    }

    private static bool IsBlank(char letter) => letter is ' ' or '\t' or '\n' or '\r';
}
