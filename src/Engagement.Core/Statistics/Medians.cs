namespace Engagement.Core;

/// <summary>The median by selection: the middle value, or the mean of the two middle values.</summary>
internal static class Medians
{
    /// <summary>The median; reorders the values.</summary>
    /// <param name="values">At least one value, none of them NaN.</param>
    public static double Of(Span<double> values)
    {
        int middle = values.Length / 2;
        double upper = Select(values, middle);
        if (values.Length % 2 == 1) return upper;

        // After the selection everything before the middle is not above it, so the lower middle value is the largest there.
        double lower = double.NegativeInfinity;
        foreach (double value in values[..middle]) lower = Math.Max(lower, value);
        return lower + ((upper - lower) / 2);
    }

    /// <summary>Hoare's selection, with the median of three as pivot; falls back to sorting when the pivots are bad.</summary>
    private static double Select(Span<double> values, int rank)
    {
        int low = 0;
        int high = values.Length - 1;
        for (int rounds = 2 * (64 - (int)ulong.LeadingZeroCount((ulong)values.Length)); low < high; rounds--)
        {
            if (rounds == 0)
            {
                values[low..(high + 1)].Sort();
                break;
            }

            double pivot = MedianOfThree(values[low], values[low + ((high - low) / 2)], values[high]);
            int left = low;
            int right = high;
            while (left <= right)
            {
                while (values[left] < pivot) left++;
                while (values[right] > pivot) right--;
                if (left > right) break;
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }

            if (rank <= right) high = right;
            else if (rank >= left) low = left;
            else break;
        }

        return values[rank];
    }

    private static double MedianOfThree(double first, double second, double third) => Math.Max(Math.Min(first, second), Math.Min(Math.Max(first, second), third));
}
