(function () {
  'use strict';
  var tables = Array.prototype.slice.call(document.querySelectorAll('table'));

  function rowsOf(table) { return Array.prototype.slice.call(table.tBodies[0].rows); }

  function valueOf(cell) {
    var key = cell.getAttribute('data-value');
    return key === null ? null : Number(key);
  }

  // What has no value stands last, whichever way the others are sorted.
  function compare(index, isNumber, sign) {
    return function (left, right) {
      if (!isNumber) return sign * left.cells[index].textContent.localeCompare(right.cells[index].textContent);
      var a = valueOf(left.cells[index]);
      var b = valueOf(right.cells[index]);
      if (a === null) return b === null ? 0 : 1;
      return b === null ? -1 : sign * (a - b);
    };
  }

  function sortBy(table, head) {
    var sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
    var index = head.cellIndex;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
    rowsOf(table).sort(compare(index, head.className === 'number', sign)).forEach(function (row) { table.tBodies[0].appendChild(row); });
  }

  // A text that a spreadsheet would run gets an apostrophe; quotes are doubled.
  function field(cell) {
    var text = cell.textContent.replace(/\s+/g, ' ').trim();
    if (cell.className !== 'number' ? /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/.test(text) : /^[=@]/.test(text)) text = "'" + text;
    return '"' + text.replace(/"/g, '""') + '"';
  }

  function csvOf(table) {
    var rows = [table.tHead.rows[0]].concat(rowsOf(table).filter(function (row) { return !row.hidden; }));
    return rows.map(function (row) { return Array.prototype.map.call(row.cells, field).join(','); }).join('\r\n') + '\r\n';
  }

  function copy(text, button) {
    var area = document.createElement('textarea');
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand('copy');
    area.remove();
    button.focus();
    document.getElementById('said').textContent = button.getAttribute(done ? 'data-done' : 'data-failed');
  }

  function show(channel) {
    document.querySelectorAll('[data-channel]').forEach(function (element) {
      element.hidden = channel !== '' && element.getAttribute('data-channel') !== channel;
    });
  }

  tables.forEach(function (table) {
    table.tHead.addEventListener('click', function (event) {
      var head = event.target.closest('th');
      if (head !== null) sortBy(table, head);
    });
  });
  document.querySelectorAll('button[data-copy]').forEach(function (button) {
    button.addEventListener('click', function () { copy(csvOf(document.getElementById(button.getAttribute('data-copy'))), button); });
  });
  var channels = document.getElementById('channel');
  if (channels !== null) channels.addEventListener('change', function () { show(channels.value); });
  document.querySelectorAll('.needs-script').forEach(function (element) { element.hidden = false; });
}());
